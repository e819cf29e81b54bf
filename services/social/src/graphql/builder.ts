import { createBuilder } from '@satuanak/graphql-kit'
import type { SocialContext } from '../app.ts'

export const builder = createBuilder<SocialContext>()
