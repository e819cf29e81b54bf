import { expect, test } from 'vitest'
import { text } from './text.ts'

const NOTE = { rule: 'SW-05', max: 200, multiline: true } as const
const NIK = ['9901010203', '130001'].join('')

test.each([NIK, `${NIK.slice(0, 6)} ${NIK.slice(6, 12)} ${NIK.slice(12)}`, [...NIK].join('.'), [...NIK].join('-')])(
  'a NIK or KK number among the words is refused, however it is spaced, and not repeated (ID-09)',
  (written) => {
    const read = text(`Anak dengan nomor ${written} ditemui.`, NOTE)
    expect(read).toMatchObject({ ok: false, problems: [{ rule: 'ID-09' }] })
    expect(JSON.stringify(read.ok ? [] : read.problems)).not.toContain(written)
  },
)

test('other numbers are words: a phone number, a house number, a longer serial', () => {
  for (const words of ['Telepon 0812 3456 7890', 'Jl. Kurinci No. 12, RT 003', `Seri ${NIK}7`]) {
    expect(text(words, NOTE)).toMatchObject({ ok: true, value: words })
  }
})
