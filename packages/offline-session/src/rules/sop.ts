import type { Sentence } from '@satuanak/domain-kit'
import { defineSop, hours, minutes, partOf } from '@satuanak/sop'

const say = (id: string, en: string): Sentence => ({ id, en })

/**
 * With a pupil at the table the clock on the wall counts: a session on a Saturday, over lunch or past closing is at work
 * all the same (ID-29 [D]).
 */
const atSchool = { clock: 'calendar', per: 'case' } as const
const OPERATOR = ['Operator Perekaman KTP'] as const
const PAPERS = ['salinan Kartu Keluarga', 'salinan Akta Kelahiran'] as const

/**
 * "Direkam di Sekolah, Sweet Seventeen KTP-ku Datang", Dukcapil Balangan 2020, as the document has it (DOMAIN §1.3), with
 * the two branches of BLG-03 that it forgot (BLG-R1, BLG-R2), the second also where BLG-04 finds it out.
 */
export const DIREKAM_DI_SEKOLAH = defineSop({
  code: '    /Dukcapil-BLG/2020',
  title: say(
    'Direkam di Sekolah, Sweet Seventeen KTP-ku Datang',
    'Recorded at school: my KTP comes at sweet seventeen',
  ),
  legalBasis: ['UU 24/2013 (perubahan UU 23/2006)', 'Perpres 96/2018', 'Permendagri 109/2019'],
  qualification: [
    'Memahami pendaftaran penduduk',
    'Menguasai sistem operasi dasar',
    'Mengoperasikan SIAK',
    'Mengoperasikan Benroller (perekaman biometrik)',
    'Mengoperasikan B-card Management (pencetakan kartu)',
    'Berkomitmen tepat sasaran dan tepat waktu',
  ],
  equipment: [
    {
      code: 'KOMPUTER',
      name: say(
        'Komputer dengan SIAK, Benroller, B-card Management',
        'Computer with SIAK, Benroller, B-card Management',
      ),
    },
    { code: 'PEMINDAI_IRIS', name: say('Pemindai iris', 'Iris scanner') },
    { code: 'PEMINDAI_SIDIK_JARI', name: say('Pemindai sidik jari', 'Fingerprint scanner') },
    { code: 'ALAT_TANDA_TANGAN', name: say('Alat tanda tangan', 'Signature pad') },
    { code: 'KAMERA', name: say('Kamera', 'Camera') },
    { code: 'TRIPOD', name: say('Tripod', 'Tripod') },
    { code: 'LATAR', name: say('Layar latar foto', 'Background screen') },
    { code: 'HP_HT', name: say('HP atau HT', 'Mobile phone or radio') },
    { code: 'PENCETAK_KARTU', name: say('Pencetak kartu', 'ID-card printer') },
    { code: 'RIBBON_FILM', name: say('Ribbon dan film', 'Ribbon and film') },
    { code: 'BLANGKO', name: say('Blangko KTP-el', 'Blank KTP-el cards') },
    { code: 'ATK', name: say('Alat tulis kantor', 'Stationery') },
    { code: 'JARINGAN', name: say('Jaringan data', 'Data network') },
    { code: 'TRANSPORTASI', name: say('Transportasi', 'Transport') },
  ],
  steps: [
    {
      id: 'BLG-01',
      title: say('Koordinasi; menetapkan jadwal dan petugas lapangan', 'Coordinate; fix schedule and field officers'),
      actors: ['Sekolah', ...OPERATOR],
      needs: ['daftar murid berusia 16 tahun ke atas', 'rancangan jadwal'],
      limit: minutes(30),
      output: say('Jadwal Perekaman', 'Recording schedule'),
      clock: 'office',
      per: 'round',
      next: 'BLG-02',
    },
    {
      id: 'BLG-02',
      title: say(
        'Menyiapkan peralatan; menuju sekolah sesuai jadwal',
        'Prepare equipment; go to the school on schedule',
      ),
      actors: ['Petugas lapangan'],
      needs: ['jadwal', 'set peralatan', 'data murid'],
      limit: hours(1, 2),
      output: say('Peralatan siap', 'Equipment ready'),
      clock: 'office',
      per: 'round',
      next: 'BLG-03',
    },
    {
      ...atSchool,
      id: 'BLG-03',
      title: say('Memeriksa status perekaman', 'Check recording status'),
      actors: OPERATOR,
      needs: PAPERS,
      limit: minutes(5),
      output: say('Hasil status perekaman', 'Recording-status result'),
      next: null,
      branches: [
        {
          outcome: 'SUDAH_REKAM',
          says: say(
            'Sudah direkam, belum dicetak: langsung masuk daftar cetak',
            'Recorded, not printed: straight to the print list',
          ),
          next: 'BLG-07',
        },
        { outcome: 'BELUM_REKAM', says: say('Belum pernah direkam: lanjut', 'Never recorded: go on'), next: 'BLG-04' },
        {
          outcome: 'SUDAH_CETAK',
          says: say('Sudah direkam dan dicetak: dikeluarkan (BLG-R1)', 'Recorded and printed: left out (BLG-R1)'),
          next: null,
        },
        {
          outcome: 'NIK_TIDAK_ADA',
          says: say('NIK tidak ada di SIAK: tertunda, RF-02 (BLG-R2)', 'NIK not in SIAK: put off, RF-02 (BLG-R2)'),
          next: null,
        },
      ],
    },
    {
      ...atSchool,
      id: 'BLG-04',
      title: say('Memeriksa data SIAK', 'Check SIAK data'),
      actors: OPERATOR,
      needs: PAPERS,
      limit: minutes(5),
      output: say('Hasil pemeriksaan SIAK', 'SIAK check result'),
      next: null,
      branches: [
        { outcome: 'COCOK', says: say('Sesuai akta: rekam', 'Matches the akta: record'), next: 'BLG-06' },
        {
          outcome: 'TIDAK_COCOK',
          says: say('Tidak sesuai: perbaiki SIAK menurut akta', 'Does not match: update SIAK by the akta'),
          next: 'BLG-05',
        },
        {
          outcome: 'NIK_TIDAK_ADA',
          says: say('NIK tidak ada di SIAK: tertunda, RF-02 (BLG-R2)', 'NIK not in SIAK: put off, RF-02 (BLG-R2)'),
          next: null,
        },
      ],
    },
    {
      ...atSchool,
      id: 'BLG-05',
      title: say('Memperbaiki data SIAK menurut akta', 'Update SIAK by the akta'),
      actors: OPERATOR,
      needs: PAPERS,
      limit: minutes(5, 10),
      output: say('Data SIAK diperbarui', 'SIAK updated'),
      next: 'BLG-06',
    },
    {
      ...atSchool,
      id: 'BLG-06',
      title: say('Merekam data KTP-el', 'Record KTP-el data'),
      actors: OPERATOR,
      needs: ['hasil status'],
      limit: minutes(20),
      output: say('Data perekaman', 'Recording data'),
      next: 'BLG-07',
    },
    {
      id: 'BLG-07',
      title: say('Mencetak KTP-el', 'Print KTP-el'),
      actors: ['Operator Pencetakan KTP'],
      needs: ['data perekaman'],
      limit: minutes(5),
      output: say('KTP-el tercetak', 'KTP-el printed'),
      clock: 'office',
      per: 'case',
      next: 'BLG-08',
    },
    {
      id: 'BLG-08',
      title: say('Menyerahkan kepada sekolah secara kolektif', 'Hand over to the school, collectively'),
      actors: ['Operator Pencetakan KTP', 'Sekolah'],
      needs: ['KTP-el tercetak'],
      limit: minutes(30),
      output: say('KTP-el diterima', 'KTP-el received'),
      clock: 'office',
      per: 'round',
      next: null,
    },
  ],
})

export type StepId = (typeof DIREKAM_DI_SEKOLAH.steps)[number]['id']

/** What is done with each pupil at the school. */
export const AT_SCHOOL = partOf(DIREKAM_DI_SEKOLAH, ['BLG-03', 'BLG-04', 'BLG-05', 'BLG-06'])
export type PupilStepId = (typeof AT_SCHOOL.steps)[number]['id']

/** Without these nothing can be recorded: photo, ten fingerprints, two irises, signature (KT-04). */
export const NEEDED_TO_RECORD: readonly string[] = [
  'KOMPUTER',
  'PEMINDAI_IRIS',
  'PEMINDAI_SIDIK_JARI',
  'ALAT_TANDA_TANGAN',
  'KAMERA',
]
