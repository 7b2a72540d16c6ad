// Alibaba Cloud's Node SDKs, `typed` or `pop`: calls on standard input, answers on standard output.
const asked = JSON.parse(require('fs').readFileSync(0))

function typed () {
  const cams = require('@alicloud/cams20200606')
  const { Config } = require('@alicloud/openapi-client')
  const { cast } = require('@alicloud/tea-typescript')
  const client = new cams.default(new Config({
    accessKeyId: asked.key,
    accessKeySecret: asked.secret,
    endpoint: asked.host,
    protocol: 'HTTP',
    regionId: 'ap-southeast-1',
    signatureAlgorithm: asked.signature === 'V1' ? 'v2' : undefined
  }))
  return async (operation, parameters) => {
    const method = operation[0].toLowerCase() + operation.slice(1)
    const Request = cams[operation + 'Request']
    if (!client[method] || !Request) return null
    return (await client[method](cast(parameters, new Request({})))).body.toMap()
  }
}

function pop () {
  const { RPCClient } = require('@alicloud/pop-core')
  const client = new RPCClient({
    accessKeyId: asked.key,
    accessKeySecret: asked.secret,
    endpoint: 'http://' + asked.host,
    apiVersion: '2020-06-06'
  })
  const wire = (value) => typeof value === 'string' ? value : JSON.stringify(value)
  return (operation, parameters) => client.request(
    operation,
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, wire(value)])),
    { method: 'POST' }
  )
}

async function main () {
  const ask = { typed, pop }[process.argv[2]]()
  const answers = []
  for (const [operation, parameters] of asked.calls) {
    try {
      const body = await ask(operation, parameters)
      answers.push(body && { body })
    } catch (error) {
      const status = error.data && (error.data.statusCode || error.data.httpCode)
      answers.push({ code: error.code, status: status || error.entry && error.entry.response.statusCode, type: error.name })
    }
  }
  process.stdout.write(JSON.stringify(answers))
}

main()
