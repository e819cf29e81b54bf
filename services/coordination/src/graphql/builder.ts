import { createBuilder } from '@satuanak/graphql-kit'
import type { CoordinationContext } from '../app.ts'

export const builder = createBuilder<CoordinationContext>()
