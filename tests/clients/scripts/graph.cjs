// Meta's Node SDK: graph.cjs <address> <capability> <ad account> prints what it got, as JSON.
const sdk = require('facebook-nodejs-business-sdk')

const [address, capability, accountId] = process.argv.slice(2)
Object.defineProperty(sdk.FacebookAdsApi, 'GRAPH', { get: () => address })
const api = sdk.FacebookAdsApi.init('EAAtok')
const account = new sdk.AdAccount(accountId)
const fields = ['campaign_id', 'impressions', 'marketing_messages_delivered', 'spend']
const params = { level: 'campaign', date_preset: 'last_7d' }
const plain = (objects) => objects.map((one) => one._data)

async function pages (cursor) {
  const all = [...plain(cursor)]
  while (cursor.hasNext()) all.push(...plain(await cursor.next()))
  return all
}

async function job () {
  let run = await account.getInsightsAsync(fields, params)
  do {
    run = await run.get(['async_status', 'async_percent_completion'])
  } while (run.async_status !== 'Job Completed')
  return { run: run._data, rows: await pages(await run.getInsights([], { limit: 5 })) }
}

async function batch () {
  const parts = []
  const done = (index) => (answer) => { parts[index] = { ok: answer.isSuccess, status: answer.status, body: answer.body } }
  const calls = new sdk.FacebookAdsApiBatch(api)
  calls.add('GET', [accountId], { fields: 'name' }, undefined, done(0), done(0))
  calls.add('GET', [accountId, 'insights'], { ...params, fields: fields.join() }, undefined, done(1), done(1))
  calls.add('GET', [accountId, 'insights'], { fields: 'nonsense' }, undefined, done(2), done(2))
  await calls.execute()
  return parts
}

async function refused () {
  try {
    await account.getInsights(['nonsense'], params)
  } catch (error) {
    return { status: error.status, body: error.response }
  }
}

const CAPABILITIES = {
  insights: async () => plain(await account.getInsights(fields, params)),
  pages: async () => pages(await account.getInsights(fields, { ...params, level: 'ad', limit: 5 })),
  'nested reads': async () => (await account.get(['name', 'campaigns.limit(3){id,name,insights.date_preset(last_7d){spend}}']))._data,
  'async job': job,
  batch,
  refusals: refused
}

CAPABILITIES[capability]().then(
  (answer) => process.stdout.write(JSON.stringify(answer)),
  (error) => { console.error(error.message, JSON.stringify(error.response)); process.exitCode = 1 }
)
