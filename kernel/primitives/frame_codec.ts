/** Frames as the head of contract/wire.ts draws them: one door for the writing and the reading half. */
export { FrameWriter } from "./frame_writer.ts";
export { type Fed, type Framed, FrameReader } from "./frame_reader.ts";
