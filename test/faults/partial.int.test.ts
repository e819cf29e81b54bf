import { AGENCY_OF, SERVICES, type ServiceName } from '@satuanak/contracts'
import { AGENCY_NAMES } from '@satuanak/identity'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '../src/act.ts'
import { meet, meetAndAssess, newAssessment, openSchools } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { lookAt, PARTS_OF, type Seen } from '../src/one-child.ts'

let house: House
let known: string
beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  known = await meetAndAssess(house)
})
afterAll(() => house?.close())

/** A social worker may see all parts but the NIK. */
const look = (id: string): Promise<Seen> => lookAt(house.as('peksos'), id)
const errorsAt = ({ errors }: Seen, parts: readonly string[]) =>
  errors.filter(({ path }) => parts.includes(String(path?.[1])))

describe.for(SERVICES)('while %s is away', (service: ServiceName) => {
  const [agency, gone] = [AGENCY_OF[service], PARTS_OF[service]]

  test('the other three agencies answer as before, and the missing one is named at each of its fields (DESIGN §4)', async () => {
    const before = await look(known)
    await house.stop(service)
    const without = await look(known)
    for (const [part, value] of Object.entries(before.child)) {
      expect({ part, value: without.child[part] }).toEqual({ part, value: isOneOf(gone, part) ? null : value })
    }
    const kept = Object.keys(before.child).filter((part) => !isOneOf(gone, part))
    expect(errorsAt(without, kept)).toEqual(errorsAt(before, kept))
    const told = errorsAt(without, gone)
    expect(told.map(({ path }) => path?.join('.')).toSorted()).toEqual(gone.map((part) => `child.${part}`).toSorted())
    for (const { message, extensions } of told) {
      expect(extensions).toMatchObject({ code: 'AGENCY_UNREACHABLE', agency, service })
      expect(message.toLowerCase()).toContain(AGENCY_NAMES[agency].id.toLowerCase())
    }
    await house.start(service)
    expect(await look(known)).toEqual(before)
  })

  test('what is told meanwhile reaches it when it is back: the child is then whole everywhere (DESIGN §5)', async () => {
    // The social service speaks first; it cannot be away while it does.
    const early = service === 'social' ? await meetAndSay() : undefined
    await house.stop(service)
    const child = early ?? (await meetAndSay())
    await house.settle()
    await house.start(service)
    await house.settle()
    expect(shapeOf(await look(child))).toEqual(shapeOf(await look(known)))
  })
})

/** Met and assessed, without waiting for anyone to hear of it. */
async function meetAndSay(): Promise<string> {
  const child = await meet(house)
  await act(house.as('peksos'), 'completeAssessment', newAssessment(child))
  return child
}

const isOneOf = (parts: readonly string[], part: string): boolean => parts.includes(part)

/** What the house knows of a child, less what tells one child from another. */
function shapeOf({ child, errors }: Seen) {
  const { identity, papers, ats, referrals, timeline } = child
  return {
    identity: identity !== null,
    papers,
    ats: ats !== null,
    referrals: (referrals as { title: string }[]).map(({ title }) => title).toSorted(),
    timeline: (timeline as { nodes: { sentence: string }[] }).nodes.map(({ sentence }) => sentence).toSorted(),
    errors: errors.map(({ path }) => path?.join('.')),
  }
}
