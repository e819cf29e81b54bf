import { mayBeSameName, parseKk, parseNik, parseNisn, parsePersonName } from '@satuanak/domain-kit'
import { describe, expect, test } from 'vitest'
import { byId, duplicates, persons, share, TODAY } from '../test-city.ts'

const families = [...Map.groupBy(persons, ({ family }) => family).values()]
const nikOf = (nik: string | null) => (nik === null ? null : parseNik(nik, { today: TODAY, testRegion: true }))

describe('numbers', () => {
  test('every NIK is valid and belongs to one person (ID-01, ID-08)', () => {
    const numbers = persons.flatMap(({ particulars: { nik } }) => (nik === null ? [] : [nik]))
    expect(numbers.filter((nik) => !nikOf(nik)?.ok)).toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('a NIK carries the birth date and sex of its child, but for a few that do not (ID-05)', () => {
    const wrong = share(persons, ({ particulars }) => {
      const read = nikOf(particulars.nik)
      if (!read?.ok || particulars.birthDate === null) return false
      return read.value.birthDate.toString() !== particulars.birthDate || read.value.sex !== particulars.sex
    })
    expect(wrong).toBeGreaterThan(0.003)
    expect(wrong).toBeLessThan(0.02)
  })

  test('a few were first registered elsewhere (EC-15)', () => {
    const elsewhere = share(persons, ({ particulars: { nik } }) => nik !== null && !nik.startsWith('9975'))
    expect(elsewhere).toBeGreaterThan(0.03)
    expect(elsewhere).toBeLessThan(0.1)
  })

  test('KK and NISN are valid; a NISN belongs to one pupil (ID-10, ID-12)', () => {
    const pupils = persons.flatMap(({ nisn }) => (nisn === null ? [] : [nisn]))
    const households = persons.flatMap(({ kk }) => (kk === null ? [] : [kk]))
    const notKk = households.filter((kk) => !parseKk(kk, { today: TODAY, testRegion: true }).ok)
    expect([...notKk, ...pupils.filter((nisn) => !parseNisn(nisn).ok)]).toEqual([])
    expect(new Set(pupils).size).toBe(pupils.length)
  })

  test('some children have no NIK, more have no akta (EC-05)', () => {
    const without = (paper: 'NIK' | 'AKTA') => share(persons, ({ missing }) => missing.includes(paper))
    expect(without('NIK')).toBeGreaterThan(0.01)
    expect(without('AKTA')).toBeGreaterThan(without('NIK'))
    expect(without('AKTA')).toBeLessThan(0.08)
  })
})

describe('families', () => {
  test('brothers and sisters share mother, father, address and KK, and no name', () => {
    for (const children of families) {
      const home = ({ particulars, fatherName }: (typeof children)[0]) =>
        JSON.stringify([particulars.motherName, fatherName, particulars.address])
      expect(new Set(children.map(home)).size).toBe(1)
      expect(new Set(children.flatMap(({ kk }) => kk ?? [])).size).toBeLessThanOrEqual(1)
      expect(new Set(children.map(({ particulars }) => particulars.name)).size).toBe(children.length)
    }
  })

  test('about half of the families have more than one child, none more than eight', () => {
    expect(share(families, (children) => children.length > 1)).toBeGreaterThan(0.3)
    expect(Math.max(...families.map((children) => children.length))).toBeLessThanOrEqual(8)
  })

  test('twins share the date and differ in NNNN, and say who came first (EC-06)', () => {
    const twins = families.flatMap((children) => {
      const born = Map.groupBy(
        children.filter(({ birthOrder }) => birthOrder !== null),
        ({ particulars }) => particulars.birthDate,
      )
      return [...born.values()].filter((pair) => pair.length === 2)
    })
    expect(twins.length).toBeGreaterThan(20)
    for (const pair of twins) expect(pair.map(({ birthOrder }) => birthOrder)).toEqual([1, 2])
    const sameSex = twins.filter(([one, two]) => one?.particulars.sex === two?.particulars.sex)
    const numbers = sameSex.map((pair) => pair.flatMap(({ particulars: { nik } }) => nik ?? []))
    for (const [one, two] of numbers.filter((pair) => pair.length === 2)) {
      expect(one?.slice(0, 12)).toBe(two?.slice(0, 12))
      expect(one).not.toBe(two)
    }
  })

  test('a few children’s mother is unknown (EC-12)', () => {
    expect(persons.some(({ particulars }) => particulars.motherName === null)).toBe(true)
  })
})

describe('names', () => {
  const names = persons.map(({ particulars }) => particulars.name)

  test('Muhammad is written in many ways (EC-08)', () => {
    for (const spelling of ['Muhammad ', 'Moch. ', 'Muh. ', 'M. ', 'Mohamad ']) {
      expect(names.some((name) => name.startsWith(spelling))).toBe(true)
    }
  })

  test('about one child in twenty has a one-word name; none born since the two-word rule (EC-09, ID-19)', () => {
    const oneWord = persons.filter(({ particulars }) => !particulars.name.includes(' '))
    expect(oneWord.length / persons.length).toBeGreaterThan(0.02)
    expect(oneWord.length / persons.length).toBeLessThan(0.09)
    const recent = oneWord.filter(({ particulars }) => (particulars.birthDate ?? '') > '2023-07-01')
    expect(recent).toEqual([])
  })

  test('Chinese-Indonesian children bear their father’s surname', () => {
    const wijaya = persons.filter(({ particulars }) => / (Halim|Tanoto|Oei)$/.test(particulars.name))
    expect(wijaya.length).toBeGreaterThan(0)
  })

  test('every name can be read as a person’s name (ID-19)', () => {
    expect(names.filter((name) => !parsePersonName(name).ok)).toEqual([])
  })
})

describe('birth dates (ID-22, EC-11)', () => {
  const by = (precision: string) => persons.filter(({ particulars }) => particulars.birthDatePrecision === precision)
  const datesOf = (precision: string) => by(precision).flatMap(({ particulars }) => particulars.birthDate ?? [])

  test('a year alone is written 1 July, a month alone the 15th', () => {
    expect(datesOf('TAHUN').filter((date) => !date.endsWith('-07-01'))).toEqual([])
    expect(datesOf('BULAN').filter((date) => !date.endsWith('-15'))).toEqual([])
    for (const precision of ['TAHUN', 'BULAN', 'TAKSIRAN']) expect(by(precision).length).toBeGreaterThan(5)
  })

  test('where nobody knows anything there is no date', () => {
    expect(persons.some(({ particulars }) => particulars.birthDate === null)).toBe(true)
  })

  test('the city’s children are of all ages from infants to 18', () => {
    const ages = persons.flatMap(({ particulars: { birthDate } }) =>
      birthDate === null ? [] : [TODAY.since(birthDate, { largestUnit: 'years' }).years],
    )
    const tally = Map.groupBy(ages, (age) => age)
    for (let age = 0; age <= 18; age += 1) expect(tally.get(age)?.length ?? 0).toBeGreaterThan(persons.length / 60)
    expect(Math.max(...ages)).toBeLessThanOrEqual(19)
  })
})

describe('duplicates: one person under two ids', () => {
  test('a few, labelled by `truth`, which is the earlier record of the same family', () => {
    expect(duplicates.length).toBeGreaterThan(15)
    expect(duplicates.length).toBeLessThan(100)
    for (const { truth, family } of duplicates) expect(byId.get(truth)).toMatchObject({ id: truth, family })
  })

  test('each was written without NIK and under another spelling', () => {
    for (const { truth, particulars } of duplicates) {
      expect(particulars.nik).toBeNull()
      expect(particulars.name).not.toBe(byId.get(truth)?.particulars.name)
    }
  })

  test('some are found by the match key of the name, some need more than the name (ID-20, ID-21)', () => {
    const found = share(duplicates, ({ truth, particulars }) =>
      mayBeSameName(particulars.name, byId.get(truth)?.particulars.name ?? ''),
    )
    expect(found).toBeGreaterThan(0.1)
    expect(found).toBeLessThan(0.9)
  })
})
