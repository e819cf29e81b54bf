import { type KelurahanCode, type Particulars, SEXES, type Sex } from '@satuanak/contracts'
import {
  type Checked,
  compareNik,
  enoughToIdentify,
  fields,
  given,
  oneOf,
  optional,
  parseBirthDate,
  parseNik,
  parsePersonName,
  parseRegionCode,
  parseRtRw,
  text,
} from '@satuanak/domain-kit'

/** A child's particulars as a form sends them, whichever agency's form it is. */
export interface ParticularsInput {
  readonly name: string
  readonly sex: Sex
  /** `2013-05-20`, `2013-05`, `2013` or `±2013`: as exactly as it is known (ID-22). */
  readonly birthDate?: string | null | undefined
  readonly birthPlace?: string | null | undefined
  readonly motherName?: string | null | undefined
  readonly nik?: string | null | undefined
  readonly address?: AddressInput | null | undefined
}

export interface AddressInput {
  readonly kelurahan: string
  readonly rt?: string | null | undefined
  readonly rw?: string | null | undefined
  readonly line?: string | null | undefined
}

/**
 * Checks a new child's particulars, all fields at once: TUN-03's form, each field by its own rule of DOMAIN §2, and
 * ID-15: enough to tell the child from another. A NIK that disagrees with birth date or sex is a warning (ID-05).
 */
export function checkParticulars(input: ParticularsInput, today: Temporal.PlainDate): Checked<Particulars> {
  const checked = fields(
    {
      name: parsePersonName(input.name),
      sex: oneOf(input.sex, SEXES, { rule: 'TUN-03' }),
      birthDate: optional(input.birthDate, (value) => parseBirthDate(value, { today, expected: { from: 0, to: 25 } })),
      birthPlace: optional(input.birthPlace, (value) => text(value, { rule: 'AT-07', max: 120 })),
      motherName: optional(input.motherName, (value) => parsePersonName(value)),
      nik: optional(input.nik, (value) => parseNik(value, { today })),
      address: input.address ? checkAddress(input.address) : given(null),
    },
    ({ name, birthDate, motherName, nik, address, sex }) => {
      const known = {
        nik: nik?.digits,
        name: name.display,
        birthYear: birthDate?.date.year ?? null,
        motherName: motherName?.display ?? null,
        address: address?.kelurahan,
      }
      const short = enoughToIdentify(known)
      return [...(short ? [short] : []), ...(nik ? compareNik(nik, { birthDate, sex }) : [])]
    },
  )
  if (!checked.ok) return checked
  const { name, sex, birthDate, birthPlace, motherName, nik, address } = checked.value
  return {
    ok: true,
    warnings: checked.warnings,
    value: {
      name: name.display,
      sex,
      birthDate: birthDate?.date.toString() ?? null,
      birthDatePrecision: birthDate?.precision ?? 'TAKSIRAN',
      birthPlace,
      motherName: motherName?.display ?? null,
      nik: nik?.digits ?? null,
      address,
    },
  }
}

/** An address as far as the kelurahan, with RT and RW as the office writes them (ID-23, ID-24). */
function checkAddress(input: AddressInput): Checked<NonNullable<Particulars['address']>> {
  const checked = fields({
    kelurahan: parseRegionCode(input.kelurahan, { level: 'village' }),
    rt: parseRtRw(input.rt),
    rw: parseRtRw(input.rw),
    line: optional(input.line, (value) => text(value, { rule: 'TUN-03', max: 240 })),
  })
  if (!checked.ok) return checked
  const { kelurahan, ...rest } = checked.value
  return { ...checked, value: { ...rest, kelurahan: kelurahan.dotted as KelurahanCode } }
}
