import type { Sentence } from '@satuanak/domain-kit'

/** What a school's own register says: the pupil dropped out, or was let go and no school has received it. */
export type GroundCode = 'PUTUS_SEKOLAH' | 'TIDAK_DITERIMA'

export interface Ground {
  readonly ground: GroundCode
  /** The first day on which the pupil was no longer there. */
  readonly since: Temporal.PlainDate
}

const SAYS = {
  PUTUS_SEKOLAH: (on) => ({
    id: `Menurut sekolahnya putus sekolah sejak ${on('id-ID')} (AT-01).`,
    en: `The school says that the child dropped out on ${on('en-GB')} (AT-01).`,
  }),
  TIDAK_DITERIMA: (on) => ({
    id: `Dilepas sekolahnya pada ${on('id-ID')}, dan 14 hari kemudian belum diterima sekolah mana pun (RF-01).`,
    en: `The school let the child go on ${on('en-GB')}, and 14 days later no school had received it (RF-01).`,
  }),
} as const satisfies Record<GroundCode, (on: (language: string) => string) => Sentence>

/** A record's why, with what schools say added: which rule, which day. */
export function withGrounds(why: Sentence, grounds: readonly Ground[]): Sentence {
  const said = grounds.map(({ ground, since }) =>
    SAYS[ground]((language) => since.toLocaleString(language, { dateStyle: 'long' })),
  )
  return { id: [why.id, ...said.map(({ id }) => id)].join(' '), en: [why.en, ...said.map(({ en }) => en)].join(' ') }
}
