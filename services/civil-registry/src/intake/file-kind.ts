import type { FileKind, IntakePermissions } from '@satuanak/intake-kit'
import type { RegistryApp, RegistryClient } from '../app.ts'

/** What a file can be taken in as by the registry. */
export type RegistryFileKind = FileKind<RegistryClient, RegistryApp>

export const INTAKE_PERMISSIONS: IntakePermissions = { run: 'intake.run', read: 'intake.read' }
