import { expect, test } from 'vitest'
import { SIAK_SOURCES, type SiakRecord } from './domain.ts'
import { type Siak, SiakAway, SiakQuotaExhausted } from './port.ts'

/** A register to be tried, with what a test must be able to do to it. */
export interface TriedRegister {
  readonly siak: Siak
  /** A person that the register knows, and a NIK that it does not. */
  readonly known: { readonly nik: string; readonly record: SiakRecord }
  readonly unknownNik: string
  /** Look-ups that are left of this day. */
  readonly quota: number
  setAway(away: boolean): Promise<void>
  nextDay(): Promise<void>
}

/** What any adapter of the national register must keep, the stand-in and a real one alike. */
export function siakContract(name: string, open: () => Promise<TriedRegister>): void {
  test(`${name}: who is in the register is found, with what it says of the person; who is not is not (BLG-04)`, async () => {
    const { siak, known, unknownNik } = await open()
    expect(await siak.lookUp(known.nik)).toEqual({ found: true, record: known.record })
    expect(await siak.lookUp(unknownNik)).toEqual({ found: false })
  })

  test(`${name}: every answer has a source that the house knows`, async () => {
    const { siak } = await open()
    expect(SIAK_SOURCES).toContain(siak.source)
  })

  test(`${name}: what an akta says otherwise is corrected, that field alone, and found so from then on (BLG-05)`, async () => {
    const { siak, known, unknownNik } = await open()
    const corrected = { found: true, record: { ...known.record, name: 'Bagus Pratama' } }
    expect(await siak.correct(known.nik, { name: 'Bagus Pratama' }, '9901-LU-02032013-0012')).toEqual(corrected)
    expect(await siak.lookUp(known.nik)).toEqual(corrected)
    expect(await siak.correct(unknownNik, { name: 'Bagus' }, '9901-LU-02032013-0012')).toEqual({ found: false })
  })

  test(`${name}: past the day's quota it refuses as exhausted, and answers again the next day`, async () => {
    const { siak, known, quota, nextDay } = await open()
    for (let asked = 0; asked < quota; asked++) await siak.lookUp(known.nik)
    await expect(siak.lookUp(known.nik)).rejects.toThrow(SiakQuotaExhausted)
    await nextDay()
    expect(await siak.lookUp(known.nik)).toMatchObject({ found: true })
  })

  test(`${name}: away it says so, and what was asked meanwhile is not counted against the quota`, async () => {
    const { siak, known, quota, setAway } = await open()
    await setAway(true)
    for (let asked = 0; asked <= quota; asked++) await expect(siak.lookUp(known.nik)).rejects.toThrow(SiakAway)
    await setAway(false)
    for (let asked = 0; asked < quota; asked++) await siak.lookUp(known.nik)
    await expect(siak.lookUp(known.nik)).rejects.toThrow(SiakQuotaExhausted)
  })
}
