import { createBuilder } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'

export const builder = createBuilder<RegistryContext>()
