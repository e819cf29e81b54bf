import { createBuilder } from '@satuanak/graphql-kit'
import type { EducationContext } from '../app.ts'

export const builder = createBuilder<EducationContext>()
