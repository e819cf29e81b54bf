import type { Sentence } from '@satuanak/domain-kit'

/** What an officer does about a status (DOMAIN §5). */
export const KTP_ACTIONS = [
  'REKAM',
  'KIRIM_ULANG',
  'TUNGGU',
  'PANTAU',
  'REKAM_ULANG',
  'LAPORKAN',
  'URUS_GANDA',
  'CETAK',
  'SERAHKAN',
  'TANYA_PUSAT',
] as const
export type KtpAction = (typeof KTP_ACTIONS)[number]

/** Where a pupil stands, coarsely: what a status means for the next step. */
type KtpGroup = 'BELUM_REKAM' | 'DIPROSES' | 'GAGAL' | 'GANDA' | 'SIAP_CETAK' | 'KARTU' | 'TIDAK_DIKENAL'

/** OpenSID's coding of the same, 1 to 8 (KT-02). */
export const OPENSID_CODES = [1, 2, 3, 4, 5, 6, 7, 8] as const
export type OpenSidCode = (typeof OPENSID_CODES)[number]
export const isOpenSidCode = (number: number): number is OpenSidCode =>
  (OPENSID_CODES as readonly number[]).includes(number)

/** What OpenSID's own lists call its codes. */
export const OPENSID_NAMES: ReadonlyMap<string, OpenSidCode> = new Map([
  ['BELUM WAJIB', 1],
  ['BELUM REKAM', 2],
  ['SUDAH REKAM', 3],
  ['CARD PRINTED', 4],
  ['PRINT READY RECORD', 5],
  ['CARD SHIPPED', 6],
  ['SENT FOR CARD PRINTING', 7],
  ['CARD ISSUED', 8],
])

interface Status {
  readonly meaning: Sentence
  readonly action: KtpAction
  readonly group: KtpGroup
  readonly openSid: OpenSidCode
}

const status = (group: KtpGroup, action: KtpAction, openSid: OpenSidCode, id: string, en: string): Status => ({
  meaning: { id, en },
  action,
  group,
  openSid,
})

// biome-ignore format: DOMAIN §5 as a table, one status per line
const STATUSES = {
  UNREGISTERED: status('BELUM_REKAM', 'REKAM', 2, 'NIK ada di SIAK, belum direkam', 'NIK in SIAK, no biometrics'),
  BIO_CAPTURED: status('DIPROSES', 'KIRIM_ULANG', 3, 'Sudah direkam, belum dikirim ke pusat', 'Captured, not sent'),
  PROCESSING: status('DIPROSES', 'TUNGGU', 3, 'Sedang dikirim', 'Being sent'),
  SENT_FOR_ENROLLMENT: status('DIPROSES', 'PANTAU', 3, 'Terkirim ke pusat, 1 sampai lebih dari 20 hari', 'Sent to the centre, 1 to 20 days and more'),
  RECEIVED_AT_CENTRAL: status('DIPROSES', 'TUNGGU', 3, 'Sudah diterima pusat', 'Arrived at the centre'),
  ADJUDICATE: status('DIPROSES', 'TUNGGU', 3, 'Diperiksa manual oleh pusat', 'Checked by hand at the centre'),
  ENROLL_FAILURE_AT_CENTRAL: status('GAGAL', 'REKAM_ULANG', 3, 'Biometrik tidak terbaca di pusat', 'Biometrics unreadable at the centre'),
  ENROLL_FAILURE_AT_REGIONAL: status('GAGAL', 'REKAM_ULANG', 3, 'Biometrik tidak terbaca di daerah', 'Biometrics unreadable at the region'),
  SEARCH_FAILURE_AT_CENTRAL: status('GAGAL', 'LAPORKAN', 3, 'Pencarian di pusat gagal', 'The search at the centre failed'),
  DUPLICATE_RECORD: status('GANDA', 'URUS_GANDA', 3, 'Biometrik sudah tercatat di tempat lain', 'The same biometrics are held already'),
  PRINT_READY_RECORD: status('SIAP_CETAK', 'CETAK', 5, 'Tunggal, siap dicetak (PRR)', 'Unique, ready to print (PRR)'),
  SENT_FOR_CARD_PRINTING: status('KARTU', 'SERAHKAN', 7, 'Dikirim untuk dicetak', 'Sent for printing'),
  CARD_PRINTED: status('KARTU', 'SERAHKAN', 4, 'Kartu sudah dicetak', 'Card printed'),
  CARD_SHIPPED: status('KARTU', 'SERAHKAN', 6, 'Kartu sudah dikirim', 'Card shipped'),
  CARD_ISSUED: status('KARTU', 'SERAHKAN', 8, 'Kartu sudah diserahkan', 'Card issued'),
} as const satisfies Record<string, Status>

/** A national status that this house knows by name. */
export type KnownStatus = keyof typeof STATUSES
export const KNOWN_STATUSES = Object.keys(STATUSES) as [KnownStatus, ...KnownStatus[]]

/** A national status as it is kept: a known one under its whole name, any other as it was written (KT-01). */
export type KtpCode = KnownStatus | (string & {})

const SHORT = { PRR: 'PRINT_READY_RECORD', SFE: 'SENT_FOR_ENROLLMENT' } as const satisfies Record<string, KnownStatus>

const isKnown = (code: string): code is KnownStatus => Object.hasOwn(STATUSES, code)

/** The known status that this text names; null where the ministry has one that DOMAIN §5 does not list. */
function knownStatus(written: string): KnownStatus | null {
  const code = written
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_')
  if (isKnown(code)) return code
  if (Object.hasOwn(SHORT, code)) return SHORT[code as keyof typeof SHORT]
  return code.startsWith('ADJUDICATE') ? 'ADJUDICATE' : null
}

/** The code to keep: its whole name where it is known, else exactly what was written (KT-01). */
export const ktpCode = (written: string): KtpCode => knownStatus(written) ?? written

const UNKNOWN = {
  meaning: {
    id: 'Status pusat yang belum dikenal aplikasi ini',
    en: 'A status of the centre that this application does not know yet',
  },
  action: 'TANYA_PUSAT',
  group: 'TIDAK_DIKENAL',
  openSid: null,
} as const satisfies Omit<Status, 'openSid'> & { readonly openSid: null }

/** Meaning, action and group of a status; of one nobody here knows: ask the centre (KT-01). */
export function statusOf(code: KtpCode): Omit<Status, 'openSid'> & { readonly openSid: OpenSidCode | null } {
  const known = knownStatus(code)
  return known === null ? UNKNOWN : STATUSES[known]
}

/** What an event says of a code: an unknown one is anyone's text, and no event carries text (DOMAIN §9). */
export type ToldStatus = KnownStatus | 'UNKNOWN'
export const toldStatus = (code: KtpCode): ToldStatus => knownStatus(code) ?? 'UNKNOWN'

/**
 * A status in OpenSID's coding (KT-02). Who is not recorded is 1 below the age of the duty, 2 from it on (ID-30); a
 * status nobody knows has no code there: null.
 */
export function toOpenSid(code: KtpCode, { mandatory }: { readonly mandatory: boolean }): OpenSidCode | null {
  const { openSid } = statusOf(code)
  return openSid === 2 && !mandatory ? 1 : openSid
}

/** The least that each OpenSID code says: 3 is "recorded" and no more, which of the stages it does not tell. */
const FROM_OPENSID = {
  1: 'UNREGISTERED',
  2: 'UNREGISTERED',
  3: 'BIO_CAPTURED',
  4: 'CARD_PRINTED',
  5: 'PRINT_READY_RECORD',
  6: 'CARD_SHIPPED',
  7: 'SENT_FOR_CARD_PRINTING',
  8: 'CARD_ISSUED',
} as const satisfies Record<OpenSidCode, KnownStatus>

/**
 * The status that an OpenSID code stands for (KT-02). Where the code says no more than `current` does, `current` stays:
 * OpenSID's 3 must not turn a duplicate or a failure back into a plain recording.
 */
export function fromOpenSid(code: OpenSidCode, current: KtpCode | null = null): KtpCode {
  const least = FROM_OPENSID[code]
  return current !== null && statusOf(current).openSid === STATUSES[least].openSid ? current : least
}

/** How far along each OpenSID code is: none, recorded, unique, and the stages of the card. */
const RANK = { 1: 0, 2: 0, 3: 1, 5: 2, 7: 3, 4: 4, 6: 5, 8: 6 } as const satisfies Record<OpenSidCode, number>

/** Whether `code` stands earlier on the way to a card than `than`; of a status that nobody here knows never. */
export function isBehind(code: KtpCode, than: KtpCode): boolean {
  const [one, other] = [statusOf(code).openSid, statusOf(than).openSid]
  return one !== null && other !== null && RANK[one] < RANK[other]
}
