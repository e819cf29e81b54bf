import { Refusal } from '@satuanak/domain-kit'
import { describe, expect, test } from 'vitest'
import { decide, permit } from './decide.ts'
import { PERMISSION_NAMES } from './permissions.ts'
import { DENIALS, denial, NotPermitted, WORDING } from './refusals.ts'
import { someone } from './test-callers.ts'

describe('a refusal tells whom to ask', () => {
  test('the desk it names may do it, everywhere or for its agency', () => {
    for (const permission of PERMISSION_NAMES) {
      const { role, agency } = WORDING[permission]
      const desk = someone([role], { agency })
      expect([permission, decide(desk, permission, { level: 3, agencies: [agency] }).allowed]).toEqual([
        permission,
        true,
      ])
    }
  })

  test('role, reason and agency stand in both languages; a hidden child is only “not found”', () => {
    for (const permission of PERMISSION_NAMES) {
      for (const reason of DENIALS) {
        const { sentence } = denial(permission, reason)
        expect(sentence.id).toMatch(reason === 'HIDDEN' ? /^Data tidak ditemukan\.$/ : / di .+\.$/)
        expect(sentence.en).toMatch(reason === 'HIDDEN' ? /^Not found\.$/ : / at .+\.$/)
      }
    }
  })

  test('a use case is refused with the code that clients know', () => {
    const refused = () => permit(someone(['RELAWAN']), 'nik.read', { level: 2 })
    expect(refused).toThrow(NotPermitted)
    expect(refused).toThrow(Refusal)
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'NOT_PERMITTED',
        reason: 'ROLE',
        agency: 'DUKCAPIL',
        sentence: {
          id: 'Peran Anda tidak mencakup melihat NIK. Hubungi operator Dukcapil di Dinas Kependudukan dan Pencatatan Sipil.',
          en: 'Your role does not cover seeing a NIK. Ask the civil registry operator at the Civil Registry Office (Dukcapil).',
        },
      }),
    )
    expect(() => permit(someone(['OPERATOR_DUKCAPIL']), 'nik.read', { level: 2 })).not.toThrow()
  })
})
