// The GraphiQL page: the persona's token goes into every request, and the demo's queries stand ready in tabs.
// The token is kept for this browser tab only; GraphiQL itself never sees it.
const { createElement } = window.React
const token = document.getElementById('token')
const language = document.getElementById('language')
const who = document.getElementById('who')
const root = window.ReactDOM.createRoot(document.getElementById('graphiql'))
const TOKEN = 'satuanak.token'
const LANGUAGE = 'satuanak.language'

async function ask(body, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language.value,
      ...(token.value.trim() && { authorization: `Bearer ${token.value.trim()}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  })
  return response.json()
}

async function showWho() {
  if (token.value.trim() === '') return
  const { data, errors } = await ask({ query: 'query Me { me { name agencyName roles } }' })
  who.dataset.state = data ? 'known' : 'refused'
  who.textContent = data ? `${data.me.name} · ${data.me.agencyName} · ${data.me.roles.join(', ')}` : errors[0].message
}

function show(examples) {
  // A new key makes GraphiQL ask for the schema anew: without a token it got none.
  root.render(
    createElement(window.GraphiQL, {
      key: `${token.value.trim()} ${language.value}`,
      fetcher: (body, options) => ask(body, options?.headers),
      defaultTabs: examples,
      shouldPersistHeaders: false,
      // What was typed may hold personal data: it goes when the tab is closed.
      storage: sessionStorage,
    }),
  )
}

const examples = await (await fetch('/explorer/examples.json')).json()
token.value = sessionStorage.getItem(TOKEN) ?? ''
language.value = sessionStorage.getItem(LANGUAGE) ?? 'id'
const refresh = () => {
  sessionStorage.setItem(TOKEN, token.value)
  sessionStorage.setItem(LANGUAGE, language.value)
  show(examples)
  void showWho()
}
token.addEventListener('change', refresh)
language.addEventListener('change', refresh)
document.getElementById('identity').addEventListener('submit', (event) => {
  event.preventDefault()
  refresh()
})
refresh()
