// Entry point `rivulet/chat`: the whole conversation in one component.
export { Chat, ChatFooter, ChatRoot } from './components/chat/chat.tsx';
export type { ChatProps, ChatViewProps } from './components/chat/chat.tsx';
