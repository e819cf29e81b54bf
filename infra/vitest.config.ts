import { mergeConfig } from 'vitest/config'
import shared from '../vitest.shared.ts'

// infra/check is a package of its own.
export default mergeConfig(shared, { test: { exclude: ['check/**'] } })
