export { fetchEventSourceTransport, type FetchEventSourceTransportOptions } from './transport/fetch-event-source.ts';
