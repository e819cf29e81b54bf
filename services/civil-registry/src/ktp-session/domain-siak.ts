import type { KtpSiakField } from '@satuanak/contracts'
import { type Notice, warning } from '@satuanak/domain-kit'
import type { SiakCheck } from '@satuanak/offline-session/rules'

/** What register and akta are compared by; of the rest the register says nothing. */
const COMPARED: readonly KtpSiakField[] = ['NAMA', 'JENIS_KELAMIN', 'TANGGAL_LAHIR', 'TEMPAT_LAHIR', 'NAMA_IBU']

/** What the step went by. */
export interface Seen {
  readonly isFound: boolean
  readonly fields: readonly KtpSiakField[]
}

/** Whether officer and register said two things of one pupil. Both are kept; the akta decides (ID-05). */
export function isContradicted({ source, verdict, differing }: SiakCheck, { isFound, fields }: Seen): boolean {
  if (source !== 'PETUGAS' || verdict === null || verdict === 'MENUNGGU_VERIFIKASI') return false
  if (isFound !== (verdict !== 'TIDAK_DITEMUKAN')) return true
  const seen = COMPARED.filter((field) => fields.includes(field))
  return isFound && (seen.length !== differing.length || seen.some((field) => !differing.includes(field)))
}

/** What an officer should do about it; null where there is nothing to do. */
export function siakNotice(check: SiakCheck, seen: Seen): Notice | null {
  if (isContradicted(check, seen)) return CONTRADICTED
  if (check.source !== null) return null
  return check.verdict === 'TIDAK_DITEMUKAN' ? NOT_FOUND : WAITS
}

const CONTRADICTED = warning(
  'ID-05',
  {
    id: 'Isian petugas berbeda dengan jawaban SIAK. Periksa sekali lagi dengan akta: akta yang menentukan.',
    en: 'The officer’s entry differs from SIAK’s answer. Look at the akta once more: it decides.',
  },
  'matches',
)
const WAITS = warning(
  'BLG-04',
  {
    id: 'SIAK belum menjawab. Isi yang terlihat di terminal SIAK, atau periksa lagi nanti.',
    en: 'SIAK has not answered. Enter what the SIAK terminal shows, or check again later.',
  },
  'matches',
)
const NOT_FOUND = warning(
  'BLG-R2',
  {
    id: 'SIAK tidak mengenal NIK ini. Cocokkan dengan KK. Bila benar tidak ada, isi nikFound: false (RF-02); bila terlihat di terminal SIAK, isi hasilnya.',
    en: 'SIAK knows nobody by this NIK. Compare it with the KK. If it is not there, enter nikFound: false (RF-02); if the terminal shows it, enter what it shows.',
  },
  'nikFound',
)
