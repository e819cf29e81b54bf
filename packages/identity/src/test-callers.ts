import { AGENCIES, GRANTABLE, KelurahanCode, Npsn, ROLES, type Sensitivity } from '@satuanak/contracts'
import fc from 'fast-check'
import type { Caller } from './caller.ts'
import type { Facts } from './facts.ts'
import { PERMISSION_NAMES } from './permissions.ts'

/** Test data: callers and facts as a test wants them, and arbitrary ones for laws. */

export const PANJANG_WETAN = KelurahanCode.parse('33.75.03.1004')
export const KRAPYAK = KelurahanCode.parse('33.75.03.1002')
export const SCHOOL = Npsn.parse('99000001')
export const PKBM = Npsn.parse('P9900001')

/** A caller with one role at its usual agency, and no territory unless one is given. */
export function someone(roles: Caller['roles'], changes: Partial<Caller> = {}): Caller {
  return { subject: 'akun-uji-01', name: 'Akun Uji', agency: 'DINKES', roles, kelurahan: [], schools: [], ...changes }
}

export const LEVELS = [1, 2, 3, 4] as const satisfies readonly Sensitivity[]

const KELURAHAN = [PANJANG_WETAN, KRAPYAK]
const SCHOOLS = [SCHOOL, PKBM]

export const anyPermission = fc.constantFrom(...PERMISSION_NAMES)

export const anyCaller: fc.Arbitrary<Caller> = fc.record({
  subject: fc.constant('akun-uji-01'),
  name: fc.constant('Akun Uji'),
  agency: fc.constantFrom(...AGENCIES),
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
  kelurahan: fc.subarray(KELURAHAN),
  schools: fc.subarray(SCHOOLS),
})

export const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    level: fc.constantFrom(...LEVELS),
    kelurahan: fc.subarray(KELURAHAN),
    schools: fc.subarray(SCHOOLS),
    agencies: fc.uniqueArray(fc.constantFrom(...AGENCIES), { maxLength: 4 }),
    grants: fc.array(fc.record({ agency: fc.constantFrom(...AGENCIES), parts: fc.subarray([...GRANTABLE]) }), {
      maxLength: 6,
    }),
  },
  { requiredKeys: ['level'] },
)
