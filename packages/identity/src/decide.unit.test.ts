import { AGENCIES, GRANTABLE, ROLES, type Role } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import { decide, mayEver, type Territory, territory } from './decide.ts'
import type { Facts } from './facts.ts'
import { PERMISSION_NAMES, PERMISSIONS, type Permission } from './permissions.ts'
import type { Rule } from './rule.ts'
import {
  anyCaller,
  anyFacts,
  anyPermission,
  KRAPYAK,
  LEVELS,
  PANJANG_WETAN,
  PKBM,
  SCHOOL,
  someone,
} from './test-callers.ts'

const answer = (caller: Caller, permission: Permission, facts: Facts): string => {
  const decision = decide(caller, permission, facts)
  return decision.allowed ? 'yes' : decision.reason
}

const rulesFor = (role: Role, permission: Permission): readonly Rule[] =>
  PERMISSIONS[permission].filter(({ roles }) => (roles as readonly Role[]).includes(role))
/** Facts under which every rule's place is met by this caller. */
const everywhere = (caller: Caller, level: Facts['level']): Facts => ({
  level,
  kelurahan: [PANJANG_WETAN, KRAPYAK],
  schools: [SCHOOL, PKBM],
  agencies: AGENCIES,
  grants: [{ agency: caller.agency, parts: GRANTABLE }],
})

describe('an officer acts in their own territory (TUN-R3)', () => {
  const officer = someone(['ADMIN_KELURAHAN'], { agency: 'KELURAHAN', kelurahan: [PANJANG_WETAN] })
  const committee = someone(['PANITIA_SEKOLAH'], { agency: 'DISDIK', schools: [PKBM] })

  test('a kelurahan officer reads the children of that kelurahan and of no other', () => {
    expect(answer(officer, 'person.read', { level: 2, kelurahan: [PANJANG_WETAN] })).toBe('yes')
    expect(answer(officer, 'person.read', { level: 2, kelurahan: [KRAPYAK] })).toBe('TERRITORY')
    expect(answer(officer, 'person.read', { level: 2 })).toBe('TERRITORY')
  })

  test('outside one’s territory nobody is told that a child is a social case', () => {
    expect(answer(officer, 'person.read', { level: 3, kelurahan: [KRAPYAK] })).toBe('TERRITORY')
    expect(answer(officer, 'person.read', { level: 3, kelurahan: [PANJANG_WETAN] })).toBe('SENSITIVITY')
  })

  test('all kelurahan share one agency code, yet a referral of another kelurahan stays closed', () => {
    const facts = { level: 2, agencies: ['KELURAHAN', 'DINSOS'] } as const
    expect(answer(officer, 'referral.read', { ...facts, kelurahan: [PANJANG_WETAN] })).toBe('yes')
    expect(answer(officer, 'referral.read', { ...facts, kelurahan: [KRAPYAK] })).toBe('TERRITORY')
    expect(answer(officer, 'referral.read', facts)).toBe('TERRITORY')
  })

  test('a school committee reads the pupils of its own school', () => {
    expect(answer(committee, 'enrolment.read', { level: 2, schools: [PKBM] })).toBe('yes')
    expect(answer(committee, 'enrolment.read', { level: 2, schools: [SCHOOL] })).toBe('TERRITORY')
  })

  test('a school committee sees whether and when of its own pupils’ KTP-el, and no status (KT-10)', () => {
    expect(answer(committee, 'ktp.read', { level: 2, schools: [PKBM] })).toBe('yes')
    expect(answer(committee, 'ktp.read', { level: 2, schools: [SCHOOL] })).toBe('TERRITORY')
    expect(answer(committee, 'ktp.status.read', { level: 2, schools: [PKBM] })).toBe('ROLE')
  })

  test('an officer whose territory is empty reads nothing', () => {
    const nowhere = someone(['ADMIN_KELURAHAN'], { agency: 'KELURAHAN' })
    expect(answer(nowhere, 'person.read', { level: 1, kelurahan: [PANJANG_WETAN] })).toBe('TERRITORY')
    expect(territory(nowhere, 'person.read')).toEqual([])
  })
})

describe('a referral opens exactly what it names (DESIGN §7)', () => {
  const health = someone(['ADMIN_OPD'], { agency: 'DINKES' })
  const grants = [{ agency: 'DINKES', parts: ['identity'] }] as const

  test('the receiver reads the granted part', () => {
    expect(answer(health, 'person.read', { level: 3, grants })).toBe('yes')
  })
  test('the receiver reads no other part', () => {
    expect(answer(health, 'assessment.read', { level: 3, grants })).toBe('NO_GRANT')
  })
  test('another agency reads nothing by it', () => {
    expect(answer(someone(['ADMIN_OPD'], { agency: 'DISNAKER' }), 'person.read', { level: 1, grants })).toBe('NO_GRANT')
  })
  test('education reads a social case’s identity only by a grant', () => {
    const education = someone(['DINAS_PENDIDIKAN'], { agency: 'DISDIK' })
    expect(answer(education, 'person.read', { level: 3 })).toBe('NO_GRANT')
    expect(answer(education, 'person.read', { level: 3, grants: [{ agency: 'DISDIK', parts: ['identity'] }] })).toBe(
      'yes',
    )
  })
  test('a grant never opens a level-4 child: its referral carries a case code (RF-R3)', () => {
    const grants = [{ agency: 'DINKES', parts: GRANTABLE }] as const
    expect(answer(health, 'person.read', { level: 4, grants })).toBe('HIDDEN')
    expect(answer(health, 'referral.read', { level: 4, agencies: ['DINKES'] })).toBe('yes')
  })
  test('only the receiver answers', () => {
    expect(answer(health, 'referral.answer', { level: 3, agencies: ['DINKES'] })).toBe('yes')
    expect(answer(health, 'referral.answer', { level: 3, agencies: ['DISNAKER'] })).toBe('TERRITORY')
  })
})

describe('laws of the decision', () => {
  test('it says yes exactly where a line of the table does', () => {
    const lineSaysYes = (caller: Caller, rule: Rule, facts: Facts): boolean => {
      const byKelurahan = caller.kelurahan.some((code) => facts.kelurahan?.includes(code))
      const byAgency = facts.agencies?.includes(caller.agency) ?? false
      const places = {
        all: true,
        kelurahan: byKelurahan,
        school: caller.schools.some((npsn) => facts.schools?.includes(npsn)),
        agency: byAgency,
        'agency-kelurahan': byAgency && byKelurahan,
        grant:
          rule.within === 'grant' &&
          (facts.grants ?? []).some(({ agency, parts }) => agency === caller.agency && parts.includes(rule.part)),
      }
      return facts.level <= rule.level && places[rule.within]
    }
    fc.assert(
      fc.property(anyCaller, anyPermission, anyFacts, (caller, permission, facts) => {
        const lines = caller.roles.flatMap((role) => rulesFor(role, permission))
        const expected = lines.some((rule) => lineSaysYes(caller, rule, facts))
        expect(decide(caller, permission, facts).allowed).toBe(expected)
      }),
      { numRuns: 3_000 },
    )
  })

  test('a role outside the table is never allowed, whatever the facts', () => {
    fc.assert(
      fc.property(anyCaller, anyPermission, anyFacts, (caller, permission, facts) => {
        fc.pre(!mayEver(caller, permission))
        expect(answer(caller, permission, facts)).toBe(facts.level === 4 ? 'HIDDEN' : 'ROLE')
      }),
      { numRuns: 2_000 },
    )
  })

  test('who may ever is allowed under some facts, and only they', () => {
    for (const role of ROLES) {
      for (const permission of PERMISSION_NAMES) {
        const caller = someone([role], { kelurahan: [PANJANG_WETAN], schools: [SCHOOL] })
        expect(decide(caller, permission, everywhere(caller, 1)).allowed).toBe(mayEver(caller, permission))
      }
    }
  })

  test('more territory, more facts or more roles never take access away', () => {
    fc.assert(
      fc.property(
        anyCaller,
        anyPermission,
        anyFacts,
        anyCaller,
        anyFacts,
        (caller, permission, facts, more, others) => {
          fc.pre(decide(caller, permission, facts).allowed)
          const wider: Caller = {
            ...caller,
            roles: [...caller.roles, ...more.roles],
            kelurahan: [...caller.kelurahan, ...more.kelurahan],
            schools: [...caller.schools, ...more.schools],
          }
          const fuller: Facts = {
            level: facts.level,
            kelurahan: [...(facts.kelurahan ?? []), ...(others.kelurahan ?? [])],
            schools: [...(facts.schools ?? []), ...(others.schools ?? [])],
            agencies: [...(facts.agencies ?? []), ...(others.agencies ?? [])],
            grants: [...(facts.grants ?? []), ...(others.grants ?? [])],
          }
          expect(decide(wider, permission, fuller).allowed).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('a lower level never takes access away', () => {
    fc.assert(
      fc.property(
        anyCaller,
        anyPermission,
        anyFacts,
        fc.constantFrom(...LEVELS),
        (caller, permission, facts, level) => {
          fc.pre(level <= facts.level && decide(caller, permission, facts).allowed)
          expect(decide(caller, permission, { ...facts, level }).allowed).toBe(true)
        },
      ),
    )
  })

  test('a level-4 child is hidden from every caller without a level-4 line, always in the same words (PV-14)', () => {
    fc.assert(
      fc.property(anyCaller, anyPermission, anyFacts, (caller, permission, facts) => {
        const decision = decide(caller, permission, { ...facts, level: 4 })
        if (decision.allowed) {
          expect(caller.roles.some((role) => rulesFor(role, permission).some(({ level }) => level === 4))).toBe(true)
        } else {
          expect(decision).toMatchObject({
            reason: 'HIDDEN',
            sentence: { id: 'Data tidak ditemukan.', en: 'Not found.' },
          })
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('a level that is no level opens nothing', () => {
    for (const level of [5, Number.NaN, undefined]) {
      const facts = { level } as unknown as Facts
      expect(answer(someone(['PEKSOS']), 'person.read', facts)).toBe('HIDDEN')
    }
  })

  test('a record lies in the caller’s territory exactly when the decision is yes', () => {
    const covers = (place: Territory, facts: Facts): boolean => {
      const has = (codes: readonly string[], theirs: readonly string[] = []) =>
        codes.some((code) => theirs.includes(code))
      if (facts.level > place.level) return false
      switch (place.kind) {
        case 'all':
          return true
        case 'kelurahan':
          return has(place.codes, facts.kelurahan)
        case 'school':
          return has(place.npsn, facts.schools)
        case 'agency':
          return has([place.agency], facts.agencies)
        case 'agency-kelurahan':
          return has([place.agency], facts.agencies) && has(place.codes, facts.kelurahan)
        case 'grant':
          return (facts.grants ?? []).some(({ agency, parts }) => agency === place.agency && parts.includes(place.part))
      }
    }
    fc.assert(
      fc.property(anyCaller, anyPermission, anyFacts, (caller, permission, facts) => {
        const inside = territory(caller, permission).some((place) => covers(place, facts))
        expect(inside).toBe(decide(caller, permission, facts).allowed)
      }),
      { numRuns: 3_000 },
    )
  })
})
