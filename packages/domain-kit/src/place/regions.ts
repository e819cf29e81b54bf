import { accepted, isBlank, type Notice, type Parsed, REQUIRED, refused, textOf, warning } from '../notice.ts'
import { stripSeparators } from '../numbers/digits.ts'
import { PROVINCES, REGENCIES } from './region-names.ts'

export type RegionLevel = 'province' | 'regency' | 'district' | 'village'
export type VillageKind = 'kelurahan' | 'desa' | 'desa adat'

/** A Kemendagri code `PP.KK.CC.DDDD` or its beginning (ID-23). Regions are joined on the code, never on the name. */
export interface RegionCode {
  /** `33.75.01.1001`: the form that is stored, sent and shown. */
  readonly dotted: string
  /** `3375011001`, as it stands in a NIK or a KK. */
  readonly undotted: string
  readonly level: RegionLevel
  /** By the first of the village's four digits: 1 kelurahan, 2 desa, 3 desa adat. Null above the village. */
  readonly villageKind: VillageKind | null
}

export type Zone = 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'

/** One of the five places this house is built for (ID-25). */
export interface Place {
  readonly name: string
  readonly zone: Zone
  /** Kecamatan by dotted code. */
  readonly districts: Readonly<Record<string, string>>
}

/** The five places by regency code (ID-25); their zones are ID-28. */
export const PLACES: Readonly<Record<string, Place>> = {
  '33.75': place('Kota Pekalongan', 'Asia/Jakarta', '33.75', [
    'Pekalongan Barat',
    'Pekalongan Timur',
    'Pekalongan Utara',
    'Pekalongan Selatan',
  ]),
  '21.72': place('Kota Tanjungpinang', 'Asia/Jakarta', '21.72', [
    'Tanjungpinang Barat',
    'Tanjungpinang Timur',
    'Tanjungpinang Kota',
    'Bukit Bestari',
  ]),
  '63.11': place('Kabupaten Balangan', 'Asia/Makassar', '63.11', [
    'Juai',
    'Halong',
    'Awayan',
    'Batu Mandi',
    'Lampihong',
    'Paringin',
    'Paringin Selatan',
    'Tebing Tinggi',
  ]),
  '65.71': place('Kota Tarakan', 'Asia/Makassar', '65.71', [
    'Tarakan Barat',
    'Tarakan Tengah',
    'Tarakan Timur',
    'Tarakan Utara',
  ]),
  '52.71': place('Kota Mataram', 'Asia/Makassar', '52.71', [
    'Ampenan',
    'Mataram',
    'Cakranegara',
    'Sekarbela',
    'Selaparang',
    'Sandubaya',
  ]),
}

/** The kecamatan of every one of the five places are numbered from 01 without a gap (ID-25). */
function place(name: string, zone: Zone, regency: string, districts: readonly string[]): Place {
  const numbered = districts.map((district, index) => [`${regency}.${String(index + 1).padStart(2, '0')}`, district])
  return { name, zone, districts: Object.fromEntries(numbered) }
}

/**
 * Prefixes of numbers issued before a region was split or moved, and the regencies (undotted) they may mean today
 * (ID-06). A prefix that is still in use may stand for a daughter region too. Kaltara and Papua: general knowledge.
 */
const OLD_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  '6308': ['6308', '6311'], // Hulu Sungai Utara; Balangan was part of it until 2003
  ...{ '6473': ['6571'], '6404': ['6501'], '6405': ['6502', '6503'], '6406': ['6502', '6503'], '6410': ['6504'] },
  ...{ '9101': ['9301'], '9116': ['9302'], '9117': ['9303'], '9118': ['9304'] }, // Papua Selatan
  ...{ '9104': ['9401'], '9107': ['9402'], '9108': ['9403'], '9109': ['9404'] }, // Papua Tengah
  ...{ '9125': ['9405'], '9126': ['9406'], '9127': ['9407'], '9128': ['9408'] },
  ...{ '9102': ['9501'], '9112': ['9502'], '9113': ['9503'], '9114': ['9504'] }, // Papua Pegunungan
  ...{ '9121': ['9505'], '9122': ['9506'], '9123': ['9507'], '9124': ['9508'] },
  ...{ '9201': ['9601'], '9204': ['9602'], '9205': ['9603'], '9209': ['9604'], '9210': ['9605'], '9271': ['9671'] },
}

/** The regencies of today, dotted, that a number with this beginning may come from; none where it is unknown. */
export function regenciesOf(code: string): readonly string[] {
  const prefix = code.replaceAll('.', '').slice(0, 4)
  return (OLD_PREFIXES[prefix] ?? (REGENCIES[prefix] ? [prefix] : [])).map(formatRegionCode)
}

/** The name of a province, or of a kabupaten or kota, by dotted or undotted code of any level below. Null if unknown. */
export function regionName(code: string): string | null {
  const digits = code.replaceAll('.', '')
  return (digits.length < 4 ? PROVINCES[digits] : REGENCIES[digits.slice(0, 4)]) ?? null
}

/** ID-06, EC-15: a `W` for a prefix that is old or unknown; nothing for one in use today. */
export function regencyNotices(code: string, rule: string): Notice[] {
  const prefix = code.replaceAll('.', '').slice(0, 4)
  if (REGENCIES[prefix]) return []
  const now = regenciesOf(prefix).map(regionName).join(' / ')
  if (now) {
    return [
      warning(rule, {
        id: `Kode wilayah lama, kini ${now}. Nomor tetap berlaku; tidak perlu diubah.`,
        en: `An old region code, today ${now}. The number stays valid; nothing to change.`,
      }),
    ]
  }
  return [
    warning(rule, {
      id: 'Kode wilayah ini tidak dikenal sekarang. Cocokkan angka depannya dengan dokumen.',
      en: 'This region code is unknown today. Compare its first digits with the paper.',
    }),
  ]
}

const LEVEL_OF: Readonly<Record<number, RegionLevel>> = { 2: 'province', 4: 'regency', 6: 'district', 10: 'village' }
const LENGTH_OF = { province: 2, regency: 4, district: 6, village: 10 } as const satisfies Record<RegionLevel, number>
const VILLAGE_KINDS: Readonly<Record<string, VillageKind>> = { '1': 'kelurahan', '2': 'desa', '3': 'desa adat' }

/**
 * Reads a region code, dotted or not (ID-23). `E`: another length than 2, 4, 6 or 10 digits, another level than asked
 * for, or a village that is neither kelurahan nor desa; `W`: a regency unknown today. That the village itself exists
 * only the region table of a service knows. Never throws.
 */
export function parseRegionCode(input: unknown, { level }: { level?: RegionLevel } = {}): Parsed<RegionCode> {
  const raw = textOf(input)
  if (isBlank(input)) return refused(raw, 'ID-23', REQUIRED)
  const undotted = stripSeparators(raw)
  const found = /^\d+$/.test(undotted) ? LEVEL_OF[undotted.length] : undefined
  const villageKind = VILLAGE_KINDS[undotted.charAt(6)] ?? null
  if (!found || (level && found !== level) || (found === 'village' && !villageKind)) {
    const digits = level ? String(LENGTH_OF[level]) : '2, 4, 6 atau 10'
    return refused(raw, 'ID-23', {
      id: `Kode wilayah Kemendagri harus ${digits} angka, misalnya 33.75.01.1002. Pilih wilayah dari daftar.`,
      en: `A Kemendagri region code here has ${digits.replace('atau', 'or')} digits, such as 33.75.01.1002. Choose it from the list.`,
    })
  }
  const warnings = found === 'province' ? [] : regencyNotices(undotted, 'ID-23')
  return accepted(raw, { dotted: formatRegionCode(undotted), undotted, level: found, villageKind }, warnings)
}

/** `3375011001` → `33.75.01.1001`. */
export function formatRegionCode(undotted: string): string {
  return [undotted.slice(0, 2), undotted.slice(2, 4), undotted.slice(4, 6), undotted.slice(6)].filter(Boolean).join('.')
}

/** Reads an RT or RW (ID-24, EC-16): one to three digits, padded to three; blank, `-` and `000` mean none: null. */
export function parseRtRw(input: unknown): Parsed<string | null> {
  const raw = textOf(input)
  const digits = stripSeparators(raw)
  const isNothing = isBlank(input) || (/^[\s\-–—]+$/.test(raw) && digits === '')
  if (isNothing || /^0{1,3}$/.test(digits)) return accepted(raw, null)
  if (/^\d{1,3}$/.test(digits)) return accepted(raw, digits.padStart(3, '0'))
  return refused(raw, 'ID-24', {
    id: 'RT/RW terdiri dari 1 sampai 3 angka, misalnya 003. Tulis "-" bila tidak ada.',
    en: 'An RT or RW has 1 to 3 digits, such as 003. Write "-" if there is none.',
  })
}

const WITA_PROVINCES = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'])
const WIT_PROVINCES = new Set(['81', '82', '91', '92', '93', '94', '95', '96'])

/** The zone whose wall clock counts at a place (ID-28), by region code of any level; null for an unknown province. */
export function zoneOf(code: string): Zone | null {
  const province = code.slice(0, 2)
  if (!PROVINCES[province]) return null
  if (WIT_PROVINCES.has(province)) return 'Asia/Jayapura'
  return WITA_PROVINCES.has(province) ? 'Asia/Makassar' : 'Asia/Jakarta'
}

/**
 * Pekalongan's kelurahan names of before 2015 and the kelurahan of today (ID-26, Perda 8/2013). Only those whose new
 * name still holds the old one; the rest waits for the annex of the Perda.
 */
const OLD_VILLAGE_NAMES: Readonly<Record<string, string>> = {
  ...{ SAPURO: '33.75.01.1004', KEBULEN: '33.75.01.1004', BENDAN: '33.75.01.1006', KERGON: '33.75.01.1006' },
  ...{ NOYONTAAN: '33.75.02.1002', LANDUNGSARI: '33.75.02.1002' },
  ...{ BUARAN: '33.75.04.1003', KRADENAN: '33.75.04.1003' },
  ...{ KERTOHARJO: '33.75.04.1006', YOSOREJO: '33.75.04.1008' },
}

/** The code of the kelurahan that a Pekalongan kelurahan of before 2015 became (ID-26, EC-15). Null if not known. */
export function villageByOldName(name: string): string | null {
  return OLD_VILLAGE_NAMES[name.trim().toUpperCase()] ?? null
}
