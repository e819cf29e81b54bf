import type { AgencyCode, KelurahanCode, Npsn, Role } from '@satuanak/contracts'
import { recording, type ServiceContext } from '@satuanak/service-kit'

/** The office in which each role sits. */
const AGENCY = {
  ADMIN_KELURAHAN: 'KELURAHAN',
  RELAWAN: 'KELURAHAN',
  BAPPERIDA: 'BAPPERIDA',
  ADMIN_OPD: 'DINKES',
  PANITIA_SEKOLAH: 'DISDIK',
  DINAS_PENDIDIKAN: 'DISDIK',
  OPERATOR_DUKCAPIL: 'DUKCAPIL',
  OPERATOR_PEREKAMAN: 'DUKCAPIL',
  OPERATOR_PENCETAKAN: 'DUKCAPIL',
  PETUGAS_SOSIAL: 'DINSOS',
  PEKSOS: 'DINSOS',
  KASI_SOSIAL: 'DINSOS',
  KABID_SOSIAL: 'DINSOS',
  KADIS_SOSIAL: 'DINSOS',
  PNY: 'RPPSA',
  BIM: 'RPPSA',
  TATA_USAHA: 'RPPSA',
  PERAWAT: 'RPPSA',
  KEPALA_RPPSA: 'RPPSA',
  ORANG_TUA: 'KELURAHAN',
  DPO: 'BAPPERIDA',
} as const satisfies Record<Role, AgencyCode>

/** A request of someone with this role and territory, for tests of permissions that need no database. */
export function contextOf(
  role: Role,
  territory: { readonly kelurahan?: readonly string[]; readonly schools?: readonly string[] } = {},
): ServiceContext<never> {
  return {
    caller: {
      subject: 'akun-uji',
      name: 'Akun Uji',
      agency: AGENCY[role],
      roles: [role],
      kelurahan: [...(territory.kelurahan ?? [])] as KelurahanCode[],
      schools: [...(territory.schools ?? [])] as Npsn[],
    },
    locale: 'id',
    ...recording(),
    // Nothing behind the guards runs.
    app: undefined as never,
  }
}
