import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { Refusal } from '@satuanak/domain-kit'
import { describe, expect, test } from 'vitest'
import { decide, permit, permitOr } from './decide.ts'
import { PERMISSION_NAMES } from './permissions.ts'
import { DENIALS, denial, denialBehind, NotPermitted, WORDING } from './refusals.ts'
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

describe('a deed on what the caller may not know of (PV-14)', () => {
  class ChildNotFound extends Refusal {
    readonly code = 'CHILD_NOT_FOUND'
    constructor() {
      super({ id: 'Tidak ada.', en: 'Not here.' })
    }
  }
  const child = '01900000-0000-7000-8000-000000000001' as ChildId
  const send = (level: Sensitivity, agencies: readonly AgencyCode[]) => {
    try {
      permitOr(
        someone(['BAPPERIDA'], { agency: 'BAPPERIDA' }),
        'referral.send',
        { level, agencies, child },
        () => new ChildNotFound(),
      )
    } catch (refusal) {
      return refusal
    }
    return 'done'
  }

  test('is the use case’s own not-found, with nothing more to be read from it', () => {
    expect(send(4, ['BAPPERIDA'])).toStrictEqual(new ChildNotFound())
    expect(Object.keys(send(4, ['BAPPERIDA']) as object)).toEqual(Object.keys(new ChildNotFound()))
  })

  test('is a denial in the audit, with the child it was about (PV-05)', () => {
    const told = { permission: 'referral.send', reason: 'HIDDEN', child }
    expect(denialBehind(send(4, ['BAPPERIDA']))).toMatchObject(told)
  })

  test('an ordinary no stays a denial, and a yes is silent', () => {
    expect(send(2, [])).toBeInstanceOf(NotPermitted)
    expect(denialBehind(send(2, []))).toMatchObject({ reason: 'TERRITORY', child })
    expect(send(2, ['BAPPERIDA'])).toBe('done')
    expect(denialBehind(new ChildNotFound())).toBeNull()
    expect(denialBehind(new Error('away', { cause: send(2, []) }))).toBeNull()
  })
})
