import { type ChildId, ROLES, type Role, type Sensitivity } from '@satuanak/contracts'
import { contextOf } from '@satuanak/testkit'
import { expect, test } from 'vitest'
import { sightsOf } from './list-timeline.ts'

const HERE = '33.75.03.1004'
const ELSEWHERE = '33.75.01.1001'
const ID = '01930000-0000-7000-8000-000000000001' as ChildId

const seen = (role: Role, level: Sensitivity, kelurahan = HERE) => {
  const { caller } = contextOf(role, { kelurahan: [HERE] })
  const sights = sightsOf(caller, {
    group: { canonical: ID, ids: [ID], level, grants: [], schools: [] },
    kelurahan: [kelurahan],
  })
  return sights.map(({ types, level: upTo, party }) => ({
    of: types[0]?.split('.').slice(0, 3).join('.'),
    upTo,
    party,
  }))
}

test('Bapperida sees every kind of fact up to level 3, and nothing of a hidden child (PV-14, PV-18)', () => {
  expect(seen('BAPPERIDA', 3)).toHaveLength(7)
  expect(seen('BAPPERIDA', 3).every(({ upTo, party }) => upTo === 3 && party === null)).toBe(true)
  expect(seen('BAPPERIDA', 4)).toEqual([])
})

test('social workers see all kinds at every level, referrals as a party only (PV-18)', () => {
  const referrals = { of: 'coordination.referral.created', upTo: 4, party: 'DINSOS' }
  expect(seen('PEKSOS', 4)).toContainEqual(referrals)
  expect(
    seen('PEKSOS', 4)
      .filter(({ party }) => party === null)
      .every(({ upTo }) => upTo === 4),
  ).toBe(true)
})

test('a kelurahan officer sees the own children, without social work (PV-12, TUN-R3)', () => {
  expect(seen('ADMIN_KELURAHAN', 2)).toEqual([
    { of: 'civil-registry.person.registered', upTo: 2, party: null },
    { of: 'civil-registry.person.merged', upTo: 2, party: null },
    { of: 'education.enrolment.started', upTo: 2, party: null },
    { of: 'education.ats.record', upTo: 2, party: null },
    { of: 'coordination.referral.created', upTo: 2, party: 'KELURAHAN' },
  ])
  expect(seen('ADMIN_KELURAHAN', 2, ELSEWHERE)).toEqual([])
  expect(seen('ADMIN_KELURAHAN', 3)).toEqual([])
})

test('nobody else sees a timeline at all', () => {
  const readers = ROLES.filter((role) => seen(role, 2).length > 0)
  expect(readers).toEqual([
    'ADMIN_KELURAHAN',
    'BAPPERIDA',
    'PETUGAS_SOSIAL',
    'PEKSOS',
    'KASI_SOSIAL',
    'KABID_SOSIAL',
    'KADIS_SOSIAL',
    'PNY',
    'BIM',
    'TATA_USAHA',
    'PERAWAT',
    'KEPALA_RPPSA',
  ])
})
