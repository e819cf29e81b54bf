import type { FileKind, IntakePermissions } from '@satuanak/intake-kit'
import type { RegistryApp, RegistryClient } from '../app.ts'

/** What a file can be taken in as by the registry. */
export type RegistryFileKind = FileKind<RegistryClient, RegistryApp>

/** What comes of a row tells whether the registry knows that person, hidden ones too. */
export const INTAKE_PERMISSIONS: IntakePermissions = { run: 'intake.run', read: 'intake.read', level: 4 }
