import assert from "node:assert/strict";
import fc from "fast-check";
import { Nearest } from "../../../plugins/chromadb/nearest.ts";

Deno.test("Nearest keeps what sorting all and cutting off would keep, ties in the order in which they came", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 8 }), (distances, most) => {
    const nearest = new Nearest<number>(most);
    distances.forEach((distance, at) => nearest.offer(distance, at));
    const sorted = distances.map((distance, value) => ({ distance, value })).sort((a, b) => a.distance - b.distance);
    assert.deepEqual(nearest.values(), sorted.slice(0, most));
  }));
});
