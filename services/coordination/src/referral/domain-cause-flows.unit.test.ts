import { ATS_OPDS, ATS_REASONS } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { flowOfCause, partsOfProposal } from './domain-cause-flows.ts'
import { flowOf } from './domain-referral-types.ts'

const pairs = ATS_REASONS.flatMap((reason) => ATS_OPDS.map((opd) => [reason, opd] as const))

test.for(pairs)('%s at %s goes by a flow that this agency answers (DOMAIN §8)', ([reason, opd]) => {
  expect(flowOf(flowOfCause(reason, opd)).to).toContain(opd)
})

test('the causes that DOMAIN §8 names go by their own flow', () => {
  const flows = [
    flowOfCause('A02', 'DINSOS'),
    flowOfCause('A05', 'DPPPA'),
    flowOfCause('A06', 'DPPPA'),
    flowOfCause('A07', 'DISNAKER'),
    flowOfCause('A12', 'DINKES'),
    flowOfCause('A03', 'DISHUB'),
    flowOfCause('A11', 'DUKCAPIL'),
  ]
  expect(flows).toEqual(['RF-03', 'RF-04', 'RF-05', 'RF-06', 'RF-07', 'RF-08', 'RF-02'])
})

test('a proposal opens nothing of the street, and to Dukcapil nothing of why (PV-12)', () => {
  expect(partsOfProposal('RF-01')).toEqual(['identity'])
  expect(partsOfProposal('RF-02')).toEqual(['identity', 'papers'])
  expect(partsOfProposal('RF-03')).toEqual(['identity', 'ats'])
})
