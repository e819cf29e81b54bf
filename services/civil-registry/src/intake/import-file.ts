import type { Caller } from '@satuanak/identity'
import { type ImportFile as ImportAnyFile, importFile as importAnyFile } from '@satuanak/intake-kit'
import type { Intake } from '@satuanak/intake-kit/rows'
import type { RegistryApp, RegistryClient } from '../app.ts'
import type { RegistryFileKind } from './file-kind.ts'
import { PERSONS } from './persons/take-persons.ts'

export interface ImportFile extends Omit<ImportAnyFile<RegistryClient, RegistryApp>, 'kind'> {
  /** As what; population rows where it is left out. */
  readonly kind?: RegistryFileKind
}

/** Takes in a file of one of the registry's kinds. @throws NotPermitted, UnreadableFile, IntakeAtWork */
export function importFile(app: RegistryApp, caller: Caller, command: ImportFile): Promise<Intake> {
  return importAnyFile(app, caller, { kind: PERSONS, ...command })
}
