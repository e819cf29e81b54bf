import { Caller, decide, PERMISSION_NAMES } from '@satuanak/identity'
import { describe, expect, test } from 'vitest'
import { kotaPekalongan } from './kelurahan.ts'
import { isPersonaId, PERSONAS, type Persona } from './personas.ts'

const ALL: readonly (readonly [string, Persona])[] = Object.entries(PERSONAS)

describe('the personas of the demo city', () => {
  test('kelurahan officers stand in the kelurahan their name says (ID-23)', async () => {
    const names = new Map((await kotaPekalongan()).map(({ code, name }): [string, string] => [code, name]))
    const placed = ALL.filter(([id]) => id.startsWith('kelurahan-'))
    expect(placed).toHaveLength(2)
    for (const [id, { caller }] of placed) {
      const slugs = caller.kelurahan.map((code) => names.get(code)?.toLowerCase().replaceAll(' ', '-'))
      expect(slugs).toEqual([id.slice('kelurahan-'.length)])
    }
  })

  test('nobody is real: names are marked, subjects are opaque and each one’s own (PV-17)', () => {
    for (const [, { caller }] of ALL) {
      expect(Caller.parse(caller)).toEqual(caller)
      expect(caller.name).toMatch(/ \(contoh\)$/)
      expect(caller.subject).toMatch(/^akun-[a-z-]+-\d\d$/)
    }
    expect(new Set(ALL.map(([, { caller }]) => caller.subject)).size).toBe(ALL.length)
  })

  test('whatever can be done, somebody here can do it', () => {
    for (const permission of PERMISSION_NAMES) {
      const able = ALL.filter(([, { caller }]) => {
        const facts = {
          level: 2,
          kelurahan: caller.kelurahan,
          schools: caller.schools,
          agencies: [caller.agency],
        } as const
        return decide(caller, permission, facts).allowed
      })
      expect([permission, able.length > 0]).toEqual([permission, true])
    }
  })

  test('a parent and a data protection officer read no child', () => {
    for (const id of ['orang-tua', 'dpo'] as const) {
      const facts = { level: 1, agencies: [PERSONAS[id].caller.agency] } as const
      const able = PERMISSION_NAMES.filter((permission) => decide(PERSONAS[id].caller, permission, facts).allowed)
      expect(able).toEqual(['anyone', 'child.refer', 'school.read', 'agency.read'])
    }
  })

  test('a name that is none is told apart, also one that every object has', () => {
    expect(isPersonaId('peksos')).toBe(true)
    for (const name of ['', 'PEKSOS', 'constructor', '__proto__']) expect(isPersonaId(name)).toBe(false)
  })
})
