import type { Sentence } from '@satuanak/domain-kit'
import { defineSop, type Step } from './define-sop.ts'
import { days, minutes } from './limit.ts'

const say = (id: string, en: string): Sentence => ({ id, en })

type Row = Pick<Step, 'title' | 'limit'>

/** RPP-9.2.01 "Orientasi/konsultasi" of the Petirahan shelter, as its document has it: step 1 has no time ("W0"). */
const orientation = ({ title, limit }: Row) =>
  ({ title, limit, actors: ['PNY'], needs: ['komputer'], output: null, clock: 'calendar', per: 'round' }) as const

export const ORIENTASI = defineSop({
  code: 'RPP-9.2.01',
  title: say('Orientasi/konsultasi', 'Orientation and consultation'),
  legalBasis: [],
  qualification: [],
  equipment: [{ code: 'KOMPUTER', name: say('Komputer', 'Computer') }],
  steps: [
    { id: '1', next: '2', ...orientation({ title: say('Mulai', 'Start'), limit: null }) },
    {
      id: '2',
      next: '3',
      ...orientation({
        title: say('Surat ke Kab/Kota, sekolah yang belum terlayani', 'Letter to the regency, schools never served'),
        limit: days(1),
      }),
    },
    {
      id: '3',
      next: '4',
      ...orientation({
        title: say('Inventarisasi sekolah dan calon klien', 'Register schools and candidates'),
        limit: days(1),
      }),
    },
    {
      id: '4',
      next: '5',
      ...orientation({
        title: say('Kab/Kota mengirim lokasi calon klien', 'The regency sends where the candidates are'),
        limit: days(1),
      }),
    },
    { id: '5', next: '6', ...orientation({ title: say('Orientasi', 'Orientation'), limit: days(2) }) },
    {
      id: '6',
      next: null,
      ...orientation({ title: say('Laporan ke Kepala RPPSA', 'Report to the head of the shelter'), limit: days(1) }),
    },
  ],
})

const desk = { actors: ['Operator'], needs: [], output: null, clock: 'office', per: 'case' } as const

/** A desk with a fork: what does not match is mended first. */
export const COUNTER = defineSop({
  code: 'UJI-01',
  title: say('Loket', 'Counter'),
  legalBasis: [],
  qualification: [],
  equipment: [],
  steps: [
    {
      ...desk,
      id: 'PERIKSA',
      title: say('Periksa', 'Check'),
      limit: minutes(5),
      next: null,
      branches: [
        { outcome: 'COCOK', says: say('cocok', 'matches'), next: 'CATAT' },
        { outcome: 'TIDAK', says: say('tidak cocok', 'does not match'), next: 'PERBAIKI' },
        { outcome: 'SUDAH', says: say('sudah ada', 'done already'), next: null },
      ],
    },
    { ...desk, id: 'PERBAIKI', title: say('Perbaiki', 'Mend'), limit: minutes(5, 10), next: 'CATAT' },
    { ...desk, id: 'CATAT', title: say('Catat', 'Record'), limit: minutes(20), next: null },
  ],
})
