import { accepted, isBlank, type Parsed, REQUIRED, refused, type Sentence } from '@satuanak/domain-kit'
import { ForbiddenAddress, guardedLookup, isAddress, isLoopback, mayReach, type Reach } from './reach.ts'
import type { WebhookParts } from './webhook-app.ts'
import { PERSON_NUMBER } from './webhook-input.ts'

const RULE = 'DESIGN-7'
const LONGEST = 500
/** Milliseconds for which a registration waits for the name's addresses. */
const RESOLVE_MS = 2_000

const SENTENCES = {
  unreadable: {
    id: 'Alamat ini bukan URL yang sah. Tulis lengkap, misalnya https://spmb.contoh.go.id/kait.',
    en: 'This is no valid URL. Write it whole, such as https://spmb.contoh.go.id/hook.',
  },
  tooLong: { id: `Terlalu panjang: paling banyak ${LONGEST} huruf.`, en: `Too long: at most ${LONGEST} characters.` },
  plain: {
    id: 'Alamat harus diawali https://. Pemberitahuan tidak dikirim tanpa enkripsi.',
    en: 'The address must begin with https://. Notices are not sent unencrypted.',
  },
  credentials: {
    id: 'Jangan tulis nama pengguna atau sandi dalam alamat. Portal mengenali pengirim dari tanda tangan.',
    en: 'Leave user name and password out of the address. A portal knows the sender by the signature.',
  },
  number: {
    id: 'Ada 16 angka berurutan, seperti NIK. Hapus angka itu dari alamat.',
    en: 'There are 16 digits in a row, as in a NIK. Take them out of the address.',
  },
  inside: {
    id: 'Alamat ini menuju jaringan dalam. Pakai alamat portal yang terbuka di internet.',
    en: 'This address leads into a private network. Use the portal’s address on the internet.',
  },
} as const satisfies Record<string, Sentence>

/**
 * A portal's address as it is kept: https, without credentials, without anything that could be a NIK, and not into a
 * private network. A name that does not resolve yet is taken; where it leads is looked at again at each delivery.
 */
export async function checkPortalUrl(
  { reach, resolve }: Pick<WebhookParts, 'reach' | 'resolve'>,
  input: unknown,
): Promise<Parsed<string>> {
  const read = readPortalUrl(input, reach)
  if (!read.ok) return read
  const { hostname } = new URL(read.value)
  if (isAddress(hostname) || !(await leadsInside(hostname, reach, resolve))) return read
  return refused(read.raw, RULE, SENTENCES.inside)
}

function readPortalUrl(input: unknown, reach: Reach): Parsed<string> {
  const raw = typeof input === 'string' ? input : ''
  if (isBlank(input)) return refused('', RULE, REQUIRED)
  if (raw.length > LONGEST) return refused('', RULE, SENTENCES.tooLong)
  const url = URL.parse(raw.trim())
  if (url === null || url.hostname === '') return refused(raw, RULE, SENTENCES.unreadable)
  const wrong = wrongWith(url, reach)
  if (wrong !== null) return refused(raw, RULE, SENTENCES[wrong])
  url.hash = ''
  return url.href.length > LONGEST ? refused(raw, RULE, SENTENCES.tooLong) : accepted(raw, url.href)
}

function wrongWith(url: URL, reach: Reach): keyof typeof SENTENCES | null {
  const isHere = url.hostname === 'localhost' || isLoopback(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reach === 'loopback' && isHere)) return 'plain'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (PERSON_NUMBER.test(decoded(url.href))) return 'number'
  return isAddress(url.hostname) && !mayReach(url.hostname, reach) ? 'inside' : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function leadsInside(host: string, reach: Reach, resolve: WebhookParts['resolve']): Promise<boolean> {
  const { promise, resolve: settle } = Promise.withResolvers<boolean>()
  const timer = setTimeout(settle, RESOLVE_MS, false)
  guardedLookup(reach, resolve)(host, { all: true }, (error) => settle(error instanceof ForbiddenAddress))
  return promise.finally(() => clearTimeout(timer))
}
