// The layer table, lowest first. Besides itself and `base`, a layer imports only what its row names: a whole layer
// (`wire`) or one module of it (`wire/frame`). Everything that keeps layers apart is derived from here.
module.exports.mayImport = {
  base: [],
  wire: [],
  transport: ['wire'],
  connection: ['transport/transport', 'wire/frame'],
  protocol: ['wire/frame', 'message/message', 'message/ui-messages'],
  message: ['protocol/chunk'],
  store: ['connection', 'transport/transport', 'protocol/adapter', 'protocol/chunk', 'message'],
  compose: ['transport', 'connection', 'protocol', 'message', 'store', 'wire/frame'],
  markdown: [],
  hooks: ['compose', 'store', 'message', 'connection'],
  labels: [],
  components: ['hooks', 'message', 'markdown', 'labels', 'connection/connection-state'],
  plugins: ['components', 'markdown', 'hooks/use-store', 'labels/texts'],
  simulate: ['wire', 'protocol/chunk'],
};

/** Folders of src that hold no TypeScript. */
module.exports.stylesheets = ['styles'];

/** The layers that may know React. */
module.exports.withReact = ['hooks', 'components', 'plugins'];

/** The entry points from which React must stay out of reach. */
module.exports.withoutReact = ['core', 'protocols'];

/** The components that have markdown's engine in reach. Where a server renders the first of them, no browser loads it. */
module.exports.withEngine = ['streaming-markdown/streaming-markdown', 'chat'];
