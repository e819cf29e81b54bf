import { type SessionPupil, SIAK_WORDS, type SiakCheck } from '@satuanak/offline-session/rules'
import { builder } from '../graphql/builder.ts'
import { SiakField } from '../graphql/ktp-session.ts'
import { NikVerdictEnum } from '../graphql/siak.ts'
import { RegistryWarning } from '../graphql/warning.ts'
import { siakNotice } from './domain-siak.ts'

const MAY = 'ktp.record'

const WordEnum = builder.enumType('KtpSiakWord', {
  description: 'What the officer saw at SIAK’s terminal, what the register said, or its stand-in.',
  values: SIAK_WORDS,
})

type Checked = Pick<SessionPupil, 'state' | 'siakFields'> & { readonly siak: SiakCheck }

export const SiakCheckType = builder.objectRef<Checked>('KtpSiakCheck').implement({
  description: 'How a pupil was checked in SIAK: the officer’s word and the register’s, where there are both (BLG-04).',
  permission: MAY,
  fields: (t) => ({
    source: t.field({
      type: WordEnum,
      permission: MAY,
      description: 'By whose word the pupil goes on; null while nothing is decided.',
      resolve: ({ siak }) => siak.source,
    }),
    verdict: t.field({
      type: NikVerdictEnum,
      permission: MAY,
      description: 'What the register had said by then; null where it had not been asked.',
      resolve: ({ siak }) => siak.verdict,
    }),
    differing: t.field({
      type: [SiakField],
      permission: MAY,
      description: 'What the register named; `siakFields` is what the pupil goes by.',
      resolve: ({ siak }) => [...siak.differing],
    }),
    warning: t.field({
      type: RegistryWarning,
      permission: MAY,
      description: 'What to do: the two words differ (ID-05), or SIAK is silent or knows nobody by the NIK.',
      resolve: ({ siak, siakFields, state }) =>
        siakNotice(siak, { isFound: state !== 'TIDAK_ADA_NIK', fields: siakFields }),
    }),
  }),
})
