import type { BaseContext } from '@apollo/server'
import type { QuickPlugin } from '@satuanak/compiled-executor/front'
import { keepOperation } from './operation-time.ts'

/** A mutation is never cut short: once it is here it is let run to its end, whoever has gone. */
export const keepMutations: QuickPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === 'mutation') keepOperation()
    },
  }),
}
