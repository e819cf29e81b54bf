import type { RegistryApp } from '../app.ts'
import type { Stock } from './domain.ts'
import { findStock } from './repository.ts'

/** What is left of each item, and what open print runs have promised of it (BLG-R5). */
export const readCardStock = (app: RegistryApp): Promise<readonly Stock[]> => findStock(app.db)
