import type { FileKind } from '@satuanak/intake-kit'
import type { EducationApp, EducationClient } from '../app.ts'

/** What a file can be taken in as by education. */
export type EducationFileKind = FileKind<EducationClient, EducationApp>
