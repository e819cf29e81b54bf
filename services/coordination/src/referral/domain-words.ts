import type { Checked } from '@satuanak/domain-kit'
import { problem } from '@satuanak/domain-kit'

const SIXTEEN_DIGITS = /\d(?:[ .-]?\d){15}/

/** An officer's own words may not hold a NIK or KK number: they are not encrypted (ID-09). */
export function noNik<Words extends string | null>(words: Checked<Words>): Checked<Words> {
  if (!words.ok || words.value === null || !SIXTEEN_DIGITS.test(words.value)) return words
  const sentence = {
    id: 'Jangan tulis NIK atau nomor KK di sini. Hapus angka itu; penerima melihat anaknya dari rujukan.',
    en: 'Do not write a NIK or KK number here. Remove the digits; the receiver sees the child through the referral.',
  }
  return { ok: false, problems: [problem('ID-09', sentence)] }
}
