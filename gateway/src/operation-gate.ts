import type { QuickPlugin } from '@satuanak/compiled-executor/front'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError } from '@satuanak/graphql-kit'
import { type FragmentDefinitionNode, Kind, OperationTypeNode } from 'graphql'
import { type GatewayContext, tooLarge } from './context.ts'
import { costOf } from './cost.ts'
import { introspects } from './introspection.ts'
import type { Rates } from './rates/rates.ts'

const NOT_THERE: Sentence = {
  id: 'Dokumen ini tidak memuat operasi yang diminta. Sebutkan salah satu namanya di "operationName"; bila operasinya lebih dari satu, nama wajib diisi.',
  en: 'The document has no such operation. Name one of its own in "operationName"; with more than one, a name is needed.',
}
const NO_INTROSPECTION: Sentence = {
  id: 'Skema graf tidak dapat dibaca dengan akun ini. Bacalah dokumentasinya, atau minta pengelola gateway menambahkan peran Anda.',
  en: 'The schema cannot be read with this account. Read its documentation, or ask whoever runs the gateway to add your role.',
}
const NO_SUBSCRIPTIONS: Sentence = {
  id: 'Langganan (subscription) tidak tersedia di sini. Gunakan query.',
  en: 'Subscriptions are not available here. Use a query.',
}

export interface GateOptions {
  /** Objects that the agencies may be made to fetch. */
  readonly max: number
  /** Whether every answer says its cost. */
  readonly tell: boolean
  readonly mayIntrospect: (caller: GatewayContext['caller']) => boolean
  readonly rates: Pick<Rates, 'spend'>
}

/**
 * The last look at an operation that is valid, before it is planned: is there one, is it a query or a change, may this
 * caller ask for the schema, and is what it may make the agencies fetch within `max`, and within what its person may
 * still ask for.
 */
export function operationGate({ max, tell, mayIntrospect, rates }: GateOptions): QuickPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      let cost = 0
      return {
        didResolveOperation: async ({ operation, document, schema, request, contextValue: { caller, locale } }) => {
          if (!operation) throw graphError('OPERATION_RESOLUTION_FAILURE', NOT_THERE, locale, BAD)
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
            throw graphError('OPERATION_TYPE_NOT_SUPPORTED', NO_SUBSCRIPTIONS, locale, BAD)
          }
          const fragments = new Map<string, FragmentDefinitionNode>()
          for (const one of document.definitions) {
            if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one)
          }
          if (!mayIntrospect(caller) && introspects(operation.selectionSet, fragments)) {
            throw graphError('INTROSPECTION_NOT_PERMITTED', NO_INTROSPECTION, locale, BAD)
          }
          cost = costOf(schema, operation, fragments, request.variables ?? {})
          if (cost > max) throw tooLarge({ limit: 'cost', max }, locale, { cost })
          rates.spend(caller, cost, locale)
        },
        willSendResponse: async ({ response: { body } }) => {
          if (!tell || body.kind !== 'single') return
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: { requested: cost, max } }
        },
      }
    },
  }
}

const BAD = { http: { status: 400 } }
