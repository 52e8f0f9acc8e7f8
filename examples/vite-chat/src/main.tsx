import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat, localChatStorage, namedEvents } from 'rivulet';
import 'rivulet/styles.css';
import './page.css';

// The server sends an id with every record and knows a turn by its key: a lost connection is gone on with, exactly.
const protocol = namedEvents({ resumable: true, idempotent: true });
// A reload goes on too: the conversation is kept in this browser, in the middle of an answer as well.
const persist = localChatStorage();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <Chat
      id="example"
      url="/chat/stream"
      protocol={protocol}
      persist={persist}
      header={<h1 className="page-title">A chat in one component</h1>}
      suggestions={['What is a rivulet?', 'What happens when the connection is lost?']}
    />
  </StrictMode>,
);
