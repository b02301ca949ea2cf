// What this server adds to the published objects. Whatever else it would add is an error of the check.
import type OpenAI from "openai";
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import type * as Responses from "openai/resources/responses/responses";

export interface Certificate {
  strategy: string; answer: string | null; confidence: number | null; stop_reason: string;
  model_calls: number; failed_calls: number; unreported_calls: number; rounds: number; cost: number | null;
  votes: { answer: string; votes: number }[]; notes: string[];
}

// One object type in place of an intersection: in those the compiler passes over undeclared fields that stand deeper.
type Flat<T> = { [K in keyof T]: T[K] };

type Thinking = { reasoning_content?: string };

type Choice = Flat<Omit<ChatCompletion.Choice, "message"> & { message: Flat<ChatCompletion.Choice["message"] & Thinking> }>;
type ChunkChoice = Flat<Omit<ChatCompletionChunk.Choice, "delta"> & { delta: Flat<ChatCompletionChunk.Choice.Delta & Thinking> }>;
export type Completion = Flat<Omit<ChatCompletion, "choices"> & { reasoning?: Certificate; choices: Choice[] }>;
export type CompletionChunk = Flat<Omit<ChatCompletionChunk, "choices"> & { reasoning?: Certificate; choices: ChunkChoice[] }>;
export type ModelList = { object: "list"; data: OpenAI.Models.Model[] };
export type Model = OpenAI.Models.Model;
export type ErrorBody = { error: OpenAI.ErrorObject };

// `output_text` is made by the client; it is not on the wire.
export type Response = Flat<Omit<Responses.Response, "output_text"> & { store: boolean; certificate?: Certificate }>;
type OnTheWire<E> = E extends { response: Responses.Response } ? Flat<Omit<E, "response"> & { response: Response }> : E;
export type ResponseEvent = OnTheWire<Responses.ResponseStreamEvent>;
export type ResponseDeleted = { id: string; object: "response"; deleted: true };
