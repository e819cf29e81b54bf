import type { AgencyCode, ChildId } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RecordField, type Said, STATED_PAPERS, type StatedPaper, type Statement, weigh } from './domain.ts'
import { type Choice, type Dispute, decideDisputes, isDisputed, settle } from './domain-disputes.ts'

const CHILD = '01930000-0000-7000-8000-0000000000aa' as ChildId
const OTHER = '01930000-0000-7000-8000-0000000000bb' as ChildId
const day = (date: string) => ({ date, precision: 'HARI' as const })
const NOW = Temporal.Instant.from('2026-11-23T01:30:00Z')

let serial = 0
function said(agency: AgencyCode, paper: StatedPaper | null, values: Partial<Said>, more: object = {}): Statement {
  const id = `01930000-0000-7000-8000-${String(++serial).padStart(12, '0')}`
  return {
    id,
    personId: CHILD,
    agency,
    paper,
    statedOn: '2026-01-01',
    said: values,
    ruling: null,
    recordedAt: NOW,
    ...more,
  }
}
const choice = (field: RecordField, more: Partial<Choice>): Choice => ({
  field,
  statementId: null,
  said: {},
  paper: null,
  ground: 'Sudah dicek ke ibunya.',
  ...more,
})
/** What was said, and the officer's word after it. */
function withRuling(statements: readonly Statement[], field: RecordField, more: Partial<Choice>): Statement[] {
  const { said: values, paper, ruling } = settle(statements, choice(field, more))
  return [...statements, said('DUKCAPIL', paper, values, { ruling, statedOn: '2026-11-23' })]
}
const standings = (field: RecordField, statements: readonly Statement[]) =>
  weigh(field, statements).map(({ statement: { agency, ruling }, standing }) => [ruling ? 'petugas' : agency, standing])

describe('an officer’s word (ID-05)', () => {
  const registry = said('DUKCAPIL', null, { motherName: 'Siti Aminah' })
  const social = said('DINSOS', null, { motherName: 'Sri Wahyuni' })
  const settled = withRuling([registry, social], 'motherName', { statementId: social.id })

  test('stands, and all that was said before gives way', () => {
    expect(standings('motherName', settled)).toEqual([
      ['petugas', 'BERLAKU'],
      ['DUKCAPIL', 'LAMA'],
      ['DINSOS', 'SEJALAN'],
    ])
  })
  test('what was said before and is said again opens nothing', () => {
    expect(isDisputed('motherName', [...settled, said('DUKCAPIL', null, { motherName: 'Siti Aminah' })])).toBe(false)
  })
  test('a new word stands beside it, the registry’s own too: a task again', () => {
    const school = said('DISDIK', 'IJAZAH_RAPOR', { motherName: 'Sutinah' })
    const own = said('DUKCAPIL', null, { motherName: 'Kasiyah' })
    const standing = standings('motherName', [...settled, school, own])
    expect(standing[0]).toEqual(['petugas', 'BERLAKU'])
    expect(standing.filter(([, how]) => how === 'BERBEDA').map(([who]) => who)).toEqual(['DUKCAPIL', 'DISDIK'])
  })
  test('a paper that decides and comes after it decides, whatever its date', () => {
    const akta = said('KELURAHAN', 'AKTA', { motherName: 'Sutinah' }, { statedOn: '2013-03-20' })
    expect(standings('motherName', [...settled, akta])[0]).toEqual(['KELURAHAN', 'BERLAKU'])
    expect(isDisputed('motherName', [...settled, akta])).toBe(false)
  })
  test('between two papers that decide it takes the paper of the one that is chosen: a third one is a task again', () => {
    const [one, two] = [said('DINSOS', 'KK', { birthOrder: 1 }), said('DISDIK', 'AKTA', { birthOrder: 2 })]
    const three = said('KELURAHAN', 'AKTA', { birthOrder: 3 })
    const both = withRuling([one, two, three], 'birthOrder', { said: { birthOrder: 3 } })
    expect(both.at(-1)?.paper).toBe('AKTA')
    expect(isDisputed('birthOrder', both)).toBe(false)
    expect(isDisputed('birthOrder', [...both, said('RPPSA', 'AKTA', { birthOrder: 4 })])).toBe(true)
  })
  test('says nothing of what is not in question, nor by a statement that is not there', () => {
    const agreed = [registry, said('DINSOS', null, { motherName: 'Siti Aminah' })]
    expect(() => settle(agreed, choice('motherName', { said: { motherName: 'Kasiyah' } }))).toThrow(/disagree/)
    expect(() => settle([registry, social], choice('birthDate', { statementId: social.id }))).toThrow(/statement/)
  })
})

describe('of a birth date of which an akta has spoken (ID-05)', () => {
  const school = said('DISDIK', 'IJAZAH_RAPOR', { birthDate: day('2013-03-12') })
  const akta = said('DINSOS', 'AKTA', { birthDate: day('2013-03-02') })
  const another = said('KELURAHAN', 'AKTA', { birthDate: day('2013-09-09') })
  const to = (date: string, precision: Said['birthDate']['precision'] = 'HARI') =>
    choice('birthDate', { said: { birthDate: { date, precision } } })

  test('the officer says nothing else', () => {
    for (const wrong of [to('2013-03-12'), to('2013-07-01', 'TAHUN')]) {
      expect(() => settle([school, akta, another], wrong)).toThrow(/RF-22/)
    }
    expect(() => settle([school, akta], choice('birthDate', { statementId: school.id }))).toThrow(/RF-22/)
  })
  test('the officer chooses between two akta', () => {
    const settled = withRuling([school, akta, another], 'birthDate', { statementId: akta.id })
    expect(weigh('birthDate', settled)[0]?.value).toEqual(day('2013-03-02'))
    expect(isDisputed('birthDate', settled)).toBe(false)
  })
  test('and not where no akta has: there any day may be said', () => {
    const registry = said('DUKCAPIL', null, { birthDate: day('2013-05-05') })
    expect(settle([school, registry], to('2013-03-30')).said).toEqual({ birthDate: day('2013-03-30') })
  })
})

describe('the list of disagreements follows what is said', () => {
  const open = (more: Partial<Dispute> = {}): Dispute => ({
    id: 'perbedaan',
    personId: CHILD,
    field: 'motherName',
    openedAt: NOW,
    ...more,
  })
  const registry = said('DUKCAPIL', null, { motherName: 'Siti Aminah' })
  const social = said('DINSOS', null, { motherName: 'Sri Wahyuni' })
  const question = (statements: readonly Statement[], disputes: readonly Dispute[] = [], split = false) =>
    decideDisputes({ personId: CHILD, statements, open: disputes, split })

  test('a disagreement is opened once', () => {
    expect(question([registry, social])).toEqual({ opened: [{ field: 'motherName', since: null }], closed: [] })
    expect(question([registry, social], [open()])).toEqual({ opened: [], closed: [] })
  })
  test('it closes by agreement, by the paper that decides, by an officer’s word, by an unlink', () => {
    const akta = said('KELURAHAN', 'AKTA', { motherName: 'Sutinah' })
    const again = said('DINSOS', null, { motherName: 'Siti Aminah' }, { statedOn: '2026-02-01' })
    const closed = (statements: readonly Statement[], split = false) => question(statements, [open()], split).closed
    expect(closed([registry, social, again])).toEqual([{ id: 'perbedaan', closedAs: 'SEPAKAT' }])
    expect(closed([registry, social, akta])).toEqual([{ id: 'perbedaan', closedAs: 'DOKUMEN' }])
    const settled = withRuling([registry, social], 'motherName', { statementId: social.id })
    expect(closed(settled)).toEqual([{ id: 'perbedaan', closedAs: 'PETUGAS' }])
    expect(closed([registry], true)).toEqual([{ id: 'perbedaan', closedAs: 'DIPISAHKAN' }])
  })
  test('of a record that was linked it goes on under the canonical id, and has waited as long', () => {
    expect(question([registry, social], [open({ personId: OTHER })])).toEqual({
      opened: [{ field: 'motherName', since: NOW }],
      closed: [{ id: 'perbedaan', closedAs: 'DITAUTKAN' }],
    })
  })
})

test('whatever was said by whom from which paper, an officer’s word stands and leaves nothing in question', () => {
  const agency = fc.constantFrom<AgencyCode>('DUKCAPIL', 'DINSOS', 'DISDIK', 'KELURAHAN')
  const paper = fc.option(fc.constantFrom(...STATED_PAPERS))
  const order = fc.integer({ min: 1, max: 4 })
  fc.assert(
    fc.property(fc.array(fc.tuple(agency, paper, order), { maxLength: 8 }), order, (words, own) => {
      const statements = words.map(([by, from, birthOrder]) => said(by, from, { birthOrder }))
      fc.pre(isDisputed('birthOrder', statements))
      const settled = withRuling(statements, 'birthOrder', { said: { birthOrder: own } })
      expect(weigh('birthOrder', settled)[0]?.value).toBe(own)
      expect(isDisputed('birthOrder', settled)).toBe(false)
      // Nor does it matter in which order they are read.
      expect(standings('birthOrder', settled.toReversed())).toEqual(standings('birthOrder', settled))
    }),
  )
})
