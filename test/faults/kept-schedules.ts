// Bad days that once ended wrongly, as the laboratory printed them. What is mended is added here and stays.
import type { KeptSchedule } from '../../scripts/faults/kept.ts';

export const keptSchedules: readonly KeptSchedule[] = [
  {
    name: 'a socket that resumes by cursor',
    transport: 'websocket',
    server: 'cursor',
    question: 'Question 593, “为何”?',
    query:
      'script=chinese&seed=853849&tokensPerSecond=4000&pauses=0&resume=id&idempotent=false&vary=true&faults=status:status=504,retryAfter=0;refuse:end=abort,attempt=2;status:status=503,retryAfter=0,attempt=3;cut:at=273,end=abort,attempt=4',
  },
  {
    name: 'a repeated record on a socket',
    transport: 'websocket',
    server: 'cursor',
    question: 'Question 448, “why”?',
    query:
      'script=greeting&seed=579695&tokensPerSecond=0&tokenChars=1&pauses=0&resume=id&idempotent=false&vary=true&faults=malformed:record=17;duplicate:record=2,later=0;cut:at=1448,end=reset',
  },
  {
    name: 'a socket that only knows the key of a turn',
    transport: 'websocket',
    server: 'key',
    question: 'Question 588, “как”?',
    query:
      'script=random&seed=962361&length=52&tokensPerSecond=4000&pauses=0&binary=true&resume=replay&vary=true&faults=latency:ms=20;stall:at=715,ms=29;refuse:end=abort;cut:at=2255,end=fin,attempt=2',
  },
  {
    name: 'a socket cut before its first record',
    transport: 'websocket',
    server: 'cursor+key',
    question: 'Question 1, “🤔”?',
    query: 'script=random&seed=5&length=30&tokensPerSecond=0&pauses=0&resume=id&vary=true&faults=cut:at=0,end=fin',
  },
  {
    name: 'the last records lost on the way',
    transport: 'websocket',
    server: 'numbers',
    question: 'Question 120, “why”?',
    query:
      'script=greeting&seed=730008&tokensPerSecond=4000&tokenChars=4&batch=5&pauses=0&resume=sequence&vary=true&faults=refuse:end=abort;drop:record=3,count=3,attempt=2',
  },
  {
    name: 'a page of a proxy instead of the rest',
    transport: 'fetch',
    server: 'numbers',
    question: 'Question 936, “何”?',
    query:
      'script=random&seed=769252&length=59&tokensPerSecond=0&pauses=0&chunks=bytes:7&newline=crlf&resume=sequence&vary=true&faults=cut:at=3114,end=abort;stall:at=1611,ms=40,attempt=2;cut:at=1745,end=fin,attempt=2;content-type:value=text%2Fhtml,attempt=3',
  },
  {
    name: 'a page of a proxy instead of the answer from its start',
    transport: 'fetch-event-source',
    server: 'key',
    question: 'Question 951, “لماذا”?',
    query:
      'script=chinese&seed=962791&tokensPerSecond=0&pauses=0&resume=replay&vary=true&faults=cut:at=4483,end=reset;latency:ms=40,attempt=2;content-type:value=text%2Fhtml,attempt=2;latency:ms=6,attempt=3',
  },
];
