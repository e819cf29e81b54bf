import { GRANTABLE, type Role } from '@satuanak/contracts'
import { describe, expect, test } from 'vitest'
import { PERMISSION_NAMES, PERMISSIONS, type Permission } from './permissions.ts'
import type { Rule } from './rule.ts'

/** Permissions that say nothing about a child. */
const OPEN: readonly Permission[] = ['anyone', 'child.refer', 'school.read', 'agency.read']

describe('the table', () => {
  test('nobody below Dinas Sosial, the shelter and the registry reads a child at level 4', () => {
    const cleared = new Set<Role>()
    for (const permission of PERMISSION_NAMES.filter((name) => !OPEN.includes(name))) {
      for (const rule of PERMISSIONS[permission] as readonly Rule[]) {
        if (rule.level === 4 && rule.within === 'all') for (const role of rule.roles) cleared.add(role)
      }
    }
    const social = 'BIM KABID_SOSIAL KADIS_SOSIAL KASI_SOSIAL KEPALA_RPPSA PEKSOS PERAWAT PETUGAS_SOSIAL PNY TATA_USAHA'
    expect([...cleared].sort()).toEqual([...social.split(' '), 'OPERATOR_DUKCAPIL'].sort())
  })

  test('no grant reaches level 4', () => {
    const grants = Object.values(PERMISSIONS).flatMap((rules) =>
      (rules as readonly Rule[]).filter(({ within }) => within === 'grant'),
    )
    expect(grants.length).toBeGreaterThan(0)
    expect(grants.every(({ level }) => level < 4)).toBe(true)
  })

  test('every part a referral can grant is opened by some permission', () => {
    const parts = Object.values(PERMISSIONS).flatMap((rules) =>
      (rules as readonly Rule[]).flatMap((rule) => (rule.within === 'grant' ? [rule.part] : [])),
    )
    expect(new Set(parts)).toEqual(new Set(GRANTABLE))
  })
})
