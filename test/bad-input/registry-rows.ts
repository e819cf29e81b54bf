import { randomUUID } from 'node:crypto'
import type { StandIn } from '@satuanak/civil-registry'
import { act } from '../src/act.ts'
import { meet, meetPupilOf16, NOBODY, newBoy, nextNik, PANJANG_WETAN, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import { KTP_ROWS } from './ktp-rows.ts'
import type { Row } from './rows.ts'

let household = 0
/** A KK of region 99, another one each time. */
const newKk = (more: object = {}) => ({
  number: `990101121123${String(++household).padStart(4, '0')}`,
  issuedOn: '2023-11-12',
  reason: 'BARU',
  ...more,
})

const newRecord = () => ({
  fatherName: 'Ahmad Fauzi',
  guardian: { name: 'Nenek Sumi', relation: 'KAKEK_NENEK', proof: 'Surat kuasa asuh 12/2026' },
  childStatus: 'KANDUNG',
  birthOrder: 1,
  aktaNumber: '477/98/2013',
})

/** A child of the registry without a NIK. */
async function withoutNik(house: House): Promise<string> {
  const child = await meet(house)
  await house.settle()
  return child
}

/** A child of the registry with a NIK. */
async function withNik(house: House): Promise<string> {
  const child = await meet(house, { newChild: newBoy({ nik: nextNik() }) })
  await house.settle()
  return child
}

/** A request for an akta that waits for its answer. */
async function requestedPaper(house: House): Promise<string> {
  const childId = await withoutNik(house)
  const input = { requestId: randomUUID(), childId, paper: 'AKTA', proof: 'SPTJM' }
  const { request } = await act<{ request: { id: string } }>(
    house.as('dukcapil'),
    'requestPaper',
    input,
    'request { id }',
  )
  return request.id
}

/** A child of the registry whose name SIAK writes otherwise, and who was checked. */
async function withOtherwiseInSiak(house: House): Promise<readonly [nik: string, childId: string]> {
  const nik = nextNik()
  const boy = newBoy({ nik })
  const childId = await meet(house, { newChild: boy })
  await house.settle()
  const register = house.service('civil-registry').app.siak.register as StandIn
  register.put(nik, { name: 'BAGUS', sex: 'L', birthDate: boy.birthDate, birthPlace: null, motherName: boy.motherName })
  await act(house.as('perekaman'), 'verifyNik', { requestId: randomUUID(), childId })
  return [nik, childId]
}

/** A decision of the review desk on two children of the registry. */
async function aboutTwo(house: House) {
  const [childId, otherId] = [await meet(house), await meet(house)]
  await house.settle()
  return { requestId: randomUUID(), childId, otherId, reason: 'Sudah dicek ke ibunya.' }
}

const keepOneOf = ({ childId, otherId, ...why }: Awaited<ReturnType<typeof aboutTwo>>) => ({
  ...why,
  keepId: childId,
  aliasId: otherId,
})

/** How every decision about two records goes wrong. */
const TWO_RECORDS = {
  as: 'dukcapil',
  contradictory: [
    { why: 'a child nobody knows', change: { otherId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'otherId' },
  ],
  malformed: [
    { why: 'a NIK in the reason (ID-09)', change: { reason: nextNik() }, code: 'INVALID_INPUT', field: 'reason' },
  ],
  future: [],
  foreign: [{ why: 'a kelurahan officer (DESIGN-4)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
} as const satisfies Partial<Row>

export const REGISTRY_ROWS: Readonly<Record<string, Row>> = {
  registerChild: {
    as: 'dukcapil',
    valid: async () => ({
      requestId: randomUUID(),
      child: newBoy({ nik: nextNik() }),
      papers: ['AKTA'],
      record: newRecord(),
      kk: newKk(),
    }),
    contradictory: [
      {
        why: 'too little to tell the child from another (ID-15)',
        change: { child: { name: 'Bagas', sex: 'L' } },
        code: 'INVALID_INPUT',
        field: 'child',
      },
    ],
    malformed: [
      {
        why: 'a NIK of 15 digits (ID-02)',
        change: { child: newBoy({ nik: nextNik().slice(1) }) },
        code: 'INVALID_INPUT',
        field: 'child.nik',
      },
      {
        why: 'a NIK born on the 32nd (ID-03)',
        change: { child: newBoy({ nik: '9901013203130001' }) },
        code: 'INVALID_INPUT',
        field: 'child.nik',
      },
      {
        why: 'a birth date that is none (ID-22)',
        change: { child: newBoy({ birthDate: '2013-02-30' }) },
        code: 'INVALID_INPUT',
        field: 'child.birthDate',
      },
      {
        why: 'a kelurahan that is a province (ID-23)',
        change: { child: newBoy({ address: { kelurahan: '33' } }) },
        code: 'INVALID_INPUT',
        field: 'child.address.kelurahan',
      },
    ],
    future: [
      {
        why: 'a child born tomorrow (EC-17)',
        change: { child: newBoy({ birthDate: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'child.birthDate',
      },
    ],
    duplicate: { why: 'the NIK stands with another child (EC-01)', code: 'NIK_TAKEN', field: 'nik' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  stateParticulars: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      values: { ...newRecord(), motherName: 'Sri Wahyuni', address: { kelurahan: PANJANG_WETAN } },
      paper: 'AKTA',
      statedOn: TODAY,
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'nothing is stated (ID-05)', change: { values: {} }, code: 'INVALID_INPUT', field: 'values' },
      {
        why: 'a guardian without proof (EC-13)',
        change: { values: { guardian: { name: 'Paman Budi', relation: 'PAMAN_BIBI' } } },
        code: 'INVALID_INPUT',
        field: 'values.guardian.proof',
      },
    ],
    malformed: [
      {
        why: 'a birth date that is none (ID-22)',
        change: { values: { birthDate: '2013-02-30' } },
        code: 'INVALID_INPUT',
        field: 'values.birthDate',
      },
    ],
    future: [{ why: 'stated tomorrow', change: { statedOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'statedOn' }],
    duplicate: { allowed: 'the same said again is another statement, with its own day (ID-05)' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  recordKk: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withoutNik(house), kk: newKk() }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      {
        why: 'a KK of letters (ID-10)',
        change: { kk: newKk({ number: 'belum ada' }) },
        code: 'INVALID_INPUT',
        field: 'kk.number',
      },
    ],
    future: [
      {
        why: 'issued tomorrow (ID-11)',
        change: { kk: newKk({ issuedOn: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'kk.issuedOn',
      },
    ],
    duplicate: {
      why: 'this KK stands with the child already (ID-10)',
      code: 'KK_ALREADY_RECORDED',
      field: 'kk.number',
    },
    foreign: [{ why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' }],
  },
  issueNik: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withoutNik(house), nik: nextNik() }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'a NIK of letters (ID-02)', change: { nik: 'belum ada' }, code: 'INVALID_INPUT', field: 'nik' },
      { why: 'filler for a NIK (ID-02)', change: { nik: '9999999999999999' }, code: 'INVALID_INPUT', field: 'nik' },
    ],
    future: [],
    duplicate: { why: 'the child has a NIK by now (ID-05)', code: 'NIK_ALREADY_ISSUED', field: 'nik' },
    foreign: [{ why: 'a kelurahan officer (PV-10)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  revealNik: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withNik(house), purpose: 'PENERBITAN_KTP' }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'to see a NIK again is another reveal, with its own audit entry (PV-10)' },
    foreign: [{ why: 'a kelurahan officer (PV-10)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  verifyNik: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withNik(house) }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'to check again gives the answer that is still good; SIAK is asked once a day (BLG-04)' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  requestPaper: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      paper: 'AKTA',
      proof: 'SPTJM',
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      {
        why: 'a KIA on an SPTJM (RF-02)',
        change: { paper: 'KIA' },
        code: 'INVALID_INPUT',
        field: 'proof',
      },
    ],
    malformed: [],
    future: [],
    duplicate: { why: 'the paper is requested and not decided (RF-R4)', code: 'PAPER_REQUEST_OPEN', field: 'paper' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'education (RF-02)', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' },
    ],
  },
  decidePaperRequest: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      paperRequestId: await requestedPaper(house),
      decision: 'TIDAK_DAPAT',
      reason: 'BUKTI_TIDAK_CUKUP',
    }),
    contradictory: [
      {
        why: 'a request nobody knows',
        change: { paperRequestId: NOBODY },
        code: 'PAPER_REQUEST_NOT_FOUND',
        field: 'paperRequestId',
      },
      { why: 'refused without a reason (RF-02)', change: { reason: null }, code: 'INVALID_INPUT', field: 'reason' },
      { why: 'issued with a reason (RF-02)', change: { decision: 'TERBIT' }, code: 'INVALID_INPUT', field: 'reason' },
    ],
    malformed: [],
    future: [],
    duplicate: { why: 'the request is decided by now', code: 'PAPER_REQUEST_DECIDED', field: 'paperRequestId' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  correctSiakByAkta: {
    as: 'perekaman',
    valid: async (house) => {
      const [nik, childId] = await withOtherwiseInSiak(house)
      return { requestId: randomUUID(), childId, fields: ['NAMA'], aktaNumber: `9901-LU-02032013-${nik.slice(-4)}` }
    },
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'nothing (BLG-05)', change: { fields: [] }, code: 'INVALID_INPUT', field: 'fields' },
      {
        why: 'what does not differ (BLG-05)',
        change: { fields: ['NAMA_IBU'] },
        code: 'NOT_DIFFERENT',
        field: 'fields',
      },
    ],
    malformed: [
      {
        why: 'a NIK for an akta number (ID-09)',
        change: { aktaNumber: nextNik() },
        code: 'INVALID_INPUT',
        field: 'aktaNumber',
      },
    ],
    future: [],
    duplicate: { why: 'SIAK says the same by now (BLG-05)', code: 'NOT_DIFFERENT', field: 'fields' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  recordIrisScreening: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      screenedOn: '2026-11-23',
      outcome: 'TERIDENTIFIKASI',
      nik: nextNik(),
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'identified without a NIK (RF-20)', change: { nik: null }, code: 'INVALID_INPUT', field: 'nik' },
      {
        why: 'not found, with a NIK (RF-20)',
        change: { outcome: 'TIDAK_DITEMUKAN' },
        code: 'INVALID_INPUT',
        field: 'nik',
      },
    ],
    malformed: [
      { why: 'a NIK of letters (ID-02)', change: { nik: 'belum ada' }, code: 'INVALID_INPUT', field: 'nik' },
      { why: 'a day that is none', change: { screenedOn: '2026-02-30' }, code: 'INVALID_INPUT', field: 'screenedOn' },
    ],
    future: [
      { why: 'tomorrow (RF-20)', change: { screenedOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'screenedOn' },
    ],
    duplicate: { why: 'the child has a NIK by now (ID-05)', code: 'NIK_ALREADY_ISSUED', field: 'nik' },
    foreign: [{ why: 'social work (RF-20)', as: 'peksos', code: 'NOT_PERMITTED' }],
  },
  declareDistinct: {
    ...TWO_RECORDS,
    valid: aboutTwo,
    duplicate: { why: 'the two are declared distinct by now (EC-06)', code: 'DECLARED_DISTINCT', field: 'otherId' },
  },
  reopenPair: {
    ...TWO_RECORDS,
    valid: async (house) => {
      const two = await aboutTwo(house)
      await act(house.as('dukcapil'), 'declareDistinct', two)
      return { ...two, requestId: randomUUID() }
    },
    duplicate: { why: 'the two wait for a decision by now', code: 'NOT_DECLARED_DISTINCT', field: 'otherId' },
  },
  recordKtpStatus: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await meetPupilOf16(house),
      code: 'PRR',
      at: '2026-01-05T02:00:00Z',
      everMarried: null,
      birthDateConfirmed: null,
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'a sentence for a code (KT-01)', change: { code: 'belum, 5%' }, code: 'INVALID_INPUT', field: 'code' },
      {
        why: 'before the first KTP-el (KT-01)',
        change: { at: '2001-01-05T02:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'at',
      },
    ],
    future: [
      {
        why: 'a status of tomorrow (KT-01)',
        change: { at: '2999-01-01T00:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'at',
      },
    ],
    duplicate: { allowed: 'SIAK may say the same again; the history keeps it once (KT-01)' },
    foreign: [{ why: 'a printing operator’s word on a status', as: 'operator-pencetakan', code: 'NOT_PERMITTED' }],
  },
  ...KTP_ROWS,
  linkChildren: {
    ...TWO_RECORDS,
    valid: async (house) => keepOneOf(await aboutTwo(house)),
    contradictory: [
      { why: 'a child nobody knows', change: { aliasId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'aliasId' },
    ],
    duplicate: { why: 'the two are one person by now', code: 'ALREADY_ONE_PERSON', field: 'aliasId' },
  },
  unlinkChildren: {
    ...TWO_RECORDS,
    valid: async (house) => {
      const two = keepOneOf(await aboutTwo(house))
      await act(house.as('dukcapil'), 'linkChildren', two)
      return { requestId: randomUUID(), aliasId: two.aliasId, reason: two.reason }
    },
    contradictory: [
      { why: 'a child nobody knows', change: { aliasId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'aliasId' },
    ],
    duplicate: { why: 'the link is taken back by now', code: 'NOT_LINKED', field: 'aliasId' },
  },
}
