import { autoProtocol } from '../../src/protocol/auto.ts';
import { delta } from '../../src/protocol/delta.ts';
import { genie } from '../../src/protocol/genie.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { typed } from '../../src/protocol/typed.ts';
import { protocols } from '../support/protocols.ts';
import { plainSamples, type Sample, samples } from '../support/samples.ts';
import { conformance } from './conformance.ts';

// The tests of the other adapters bring samples of their own.
for (const { adapter } of protocols.filter(({ adapter: { name } }) => name in samples)) {
  conformance({ create: () => adapter, samples: samplesOf(adapter.name) });
}

conformance({ create: () => namedEvents({ plain: true }), samples: plainSamples });
conformance({ create: () => namedEvents({ resumable: true }), samples: samplesOf('named-events') });

const few = [namedEvents(), genie(), delta(), typed()];
conformance({
  create: () => autoProtocol(few, { request: delta() }),
  samples: [...samplesOf('named-events'), ...samplesOf('delta'), ...samplesOf('typed')],
});

function samplesOf(name: string): readonly [Sample, ...Sample[]] {
  const found = samples[name];
  if (found === undefined) throw new Error(`There are no samples of ${name}.`);
  return found;
}
