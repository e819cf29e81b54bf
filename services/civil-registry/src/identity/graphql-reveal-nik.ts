import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, childOf, factsOf } from '../graphql/child.ts'
import type { RevealPurpose } from './domain.ts'
import { ChildNotFound, NoNik, RevealExpired } from './errors.ts'
import { type RevealedNik, revealNik } from './reveal-nik.ts'

refusal(builder, NoNik, { name: 'NoNik', description: 'The child has no NIK under any id: RF-02 asks for one.' })
refusal(builder, RevealExpired, {
  name: 'RevealExpired',
  description: 'The 60 seconds of this reveal are over; ask anew with a new request id (PV-10).',
})

const PURPOSES = {
  PENERBITAN_KTP: { description: 'Recording or issuing a KTP-el.' },
  PERBAIKAN_SIAK: { description: 'Correcting the record in SIAK.' },
  PENGURUSAN_DOKUMEN: { description: 'Another civil registry paper of the child: akta, KK, KIA.' },
  PERMINTAAN_HUKUM: { description: 'A request under the law, by a court or the police.' },
} as const satisfies Record<RevealPurpose, { readonly description: string }>

const RevealPurposeEnum = builder.enumType('RevealPurpose', {
  description: 'Why a whole NIK has to be seen; kept in the audit (PV-10).',
  values: PURPOSES,
})

interface Revealed {
  /** Null where the child came to be hidden meanwhile: then nothing is shown. */
  readonly child: Child | null
  readonly revealed: RevealedNik
}

const NikReveal = builder.objectRef<Revealed>('NikReveal').implement({
  description: 'A whole NIK, for this screen and this minute. Never to be kept, cached or logged by a client.',
  permission: 'nik.reveal',
  facts: ({ child }) => child && factsOf(child),
  child: ({ child }) => child?.id ?? null,
  fields: (t) => ({
    nik: t.string({
      description: 'All 16 digits. The one place where they leave; every other field is a MaskedNik (PV-10).',
      nullable: false,
      permission: 'nik.reveal',
      resolve: ({ revealed }) => revealed.nik,
    }),
    childId: t.field({
      type: 'UUID',
      nullable: false,
      permission: 'nik.reveal',
      resolve: ({ revealed }) => revealed.childId,
    }),
    expiresAt: t.field({
      description: 'When a client takes the NIK off the screen: 60 seconds after it was asked for (PV-10).',
      type: 'DateTime',
      nullable: false,
      permission: 'nik.reveal',
      resolve: ({ revealed }) => revealed.expiresAt,
    }),
  }),
})

const RevealNikInput = builder.inputType('RevealNikInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46); good for 60 seconds here.',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    purpose: t.field({ type: RevealPurposeEnum, required: true }),
  }),
})

builder.mutationFields((t) => ({
  revealNik: t.field({
    description: 'Show a whole NIK to a named role, with a reason, for 60 seconds. Each reveal is audited (PV-10).',
    type: NikReveal,
    permission: 'nik.reveal',
    args: { input: t.arg({ type: RevealNikInput, required: true }) },
    errors: { types: [ChildNotFound, NoNik, RevealExpired] },
    resolve: async (_root, { input }, context) => {
      const revealed = await revealNik(context.app, context.caller, input)
      return { child: await childOf(context)(revealed.childId), revealed }
    },
  }),
}))
