import { precisionEnum, sexEnum } from '@satuanak/child-kit/graphql'
import type { Person } from '../identity/domain.ts'
import { builder } from './builder.ts'
import type { Child } from './child.ts'

export const Sex = sexEnum(builder)
export const Precision = precisionEnum(builder)

/** Who a child is: the person, and what stands of all that was said of it (ID-05). */
export interface Identity {
  readonly child: Child
  readonly person: Person
}

/** Implemented by `identity/`; each feature adds its own fields (`builder.objectFields`). */
export const ChildIdentity = builder.objectRef<Identity>('ChildIdentity')

export const Address = builder.objectRef<NonNullable<Person['address']>>('Address').implement({
  description: 'Domicile, as far as it is known.',
  permission: 'person.read',
  fields: (t) => ({
    kelurahan: t.expose('kelurahan', { type: 'RegionCode', nullable: false, permission: 'person.read' }),
    rt: t.exposeString('rt', { permission: 'person.read' }),
    rw: t.exposeString('rw', { permission: 'person.read' }),
    line: t.exposeString('line', { permission: 'person.read' }),
  }),
})
