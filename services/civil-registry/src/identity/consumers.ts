import { followChildren } from '@satuanak/child-kit'
import type { Subscription } from '@satuanak/messaging'
import type { RegistryApp, RegistryClient } from '../app.ts'
import { receivePresentedChild } from './receive-presented-child.ts'

/** What the registry hears of the others: children they present, and what every service follows of a child. */
export function subscriptions(app: RegistryApp): readonly Subscription<RegistryClient>[] {
  return followChildren('civil-registry', [
    {
      from: 'social',
      handlers: { 'social.child.presented.v1': (tx, event) => receivePresentedChild(app, tx, event) },
    },
    {
      from: 'education',
      handlers: { 'education.child.presented.v1': (tx, event) => receivePresentedChild(app, tx, event) },
    },
  ])
}
