// @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/core@2.4.0 zod@4.6.7 (made by deno task vendor from deno.lock)
/*! @modelcontextprotocol/server@2.4.0
The MCP project is undergoing a licensing transition from the MIT License to the Apache License, Version 2.0 ("Apache-2.0"). All new code and specification contributions to the project are licensed under Apache-2.0. Documentation contributions (excluding specifications) are licensed under CC-BY-4.0.

Contributions for which relicensing consent has been obtained are licensed under Apache-2.0. Contributions made by authors who originally licensed their work under the MIT License and who have not yet granted explicit permission to relicense remain licensed under the MIT License.

No rights beyond those granted by the applicable original license are conveyed for such contributions.

---

                                 Apache License
                           Version 2.0, January 2004
                        http://www.apache.org/licenses/

   TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION

   1. Definitions.

      "License" shall mean the terms and conditions for use, reproduction,
      and distribution as defined by Sections 1 through 9 of this document.

      "Licensor" shall mean the copyright owner or entity authorized by
      the copyright owner that is granting the License.

      "Legal Entity" shall mean the union of the acting entity and all
      other entities that control, are controlled by, or are under common
      control with that entity. For the purposes of this definition,
      "control" means (i) the power, direct or indirect, to cause the
      direction or management of such entity, whether by contract or
      otherwise, or (ii) ownership of fifty percent (50%) or more of the
      outstanding shares, or (iii) beneficial ownership of such entity.

      "You" (or "Your") shall mean an individual or Legal Entity
      exercising permissions granted by this License.

      "Source" form shall mean the preferred form for making modifications,
      including but not limited to software source code, documentation
      source, and configuration files.

      "Object" form shall mean any form resulting from mechanical
      transformation or translation of a Source form, including but
      not limited to compiled object code, generated documentation,
      and conversions to other media types.

      "Work" shall mean the work of authorship, whether in Source or
      Object form, made available under the License, as indicated by a
      copyright notice that is included in or attached to the work
      (an example is provided in the Appendix below).

      "Derivative Works" shall mean any work, whether in Source or Object
      form, that is based on (or derived from) the Work and for which the
      editorial revisions, annotations, elaborations, or other modifications
      represent, as a whole, an original work of authorship. For the purposes
      of this License, Derivative Works shall not include works that remain
      separable from, or merely link (or bind by name) to the interfaces of,
      the Work and Derivative Works thereof.

      "Contribution" shall mean any work of authorship, including
      the original version of the Work and any modifications or additions
      to that Work or Derivative Works thereof, that is intentionally
      submitted to the Licensor for inclusion in the Work by the copyright
      owner or by an individual or Legal Entity authorized to submit on behalf
      of the copyright owner. For the purposes of this definition, "submitted"
      means any form of electronic, verbal, or written communication sent
      to the Licensor or its representatives, including but not limited to
      communication on electronic mailing lists, source code control systems,
      and issue tracking systems that are managed by, or on behalf of, the
      Licensor for the purpose of discussing and improving the Work, but
      excluding communication that is conspicuously marked or otherwise
      designated in writing by the copyright owner as "Not a Contribution."

      "Contributor" shall mean Licensor and any individual or Legal Entity
      on behalf of whom a Contribution has been received by Licensor and
      subsequently incorporated within the Work.

   2. Grant of Copyright License. Subject to the terms and conditions of
      this License, each Contributor hereby grants to You a perpetual,
      worldwide, non-exclusive, no-charge, royalty-free, irrevocable
      copyright license to reproduce, prepare Derivative Works of,
      publicly display, publicly perform, sublicense, and distribute the
      Work and such Derivative Works in Source or Object form.

   3. Grant of Patent License. Subject to the terms and conditions of
      this License, each Contributor hereby grants to You a perpetual,
      worldwide, non-exclusive, no-charge, royalty-free, irrevocable
      (except as stated in this section) patent license to make, have made,
      use, offer to sell, sell, import, and otherwise transfer the Work,
      where such license applies only to those patent claims licensable
      by such Contributor that are necessarily infringed by their
      Contribution(s) alone or by combination of their Contribution(s)
      with the Work to which such Contribution(s) was submitted. If You
      institute patent litigation against any entity (including a
      cross-claim or counterclaim in a lawsuit) alleging that the Work
      or a Contribution incorporated within the Work constitutes direct
      or contributory patent infringement, then any patent licenses
      granted to You under this License for that Work shall terminate
      as of the date such litigation is filed.

   4. Redistribution. You may reproduce and distribute copies of the
      Work or Derivative Works thereof in any medium, with or without
      modifications, and in Source or Object form, provided that You
      meet the following conditions:

      (a) You must give any other recipients of the Work or
          Derivative Works a copy of this License; and

      (b) You must cause any modified files to carry prominent notices
          stating that You changed the files; and

      (c) You must retain, in the Source form of any Derivative Works
          that You distribute, all copyright, patent, trademark, and
          attribution notices from the Source form of the Work,
          excluding those notices that do not pertain to any part of
          the Derivative Works; and

      (d) If the Work includes a "NOTICE" text file as part of its
          distribution, then any Derivative Works that You distribute must
          include a readable copy of the attribution notices contained
          within such NOTICE file, excluding those notices that do not
          pertain to any part of the Derivative Works, in at least one
          of the following places: within a NOTICE text file distributed
          as part of the Derivative Works; within the Source form or
          documentation, if provided along with the Derivative Works; or,
          within a display generated by the Derivative Works, if and
          wherever such third-party notices normally appear. The contents
          of the NOTICE file are for informational purposes only and
          do not modify the License. You may add Your own attribution
          notices within Derivative Works that You distribute, alongside
          or as an addendum to the NOTICE text from the Work, provided
          that such additional attribution notices cannot be construed
          as modifying the License.

      You may add Your own copyright statement to Your modifications and
      may provide additional or different license terms and conditions
      for use, reproduction, or distribution of Your modifications, or
      for any such Derivative Works as a whole, provided Your use,
      reproduction, and distribution of the Work otherwise complies with
      the conditions stated in this License.

   5. Submission of Contributions. Unless You explicitly state otherwise,
      any Contribution intentionally submitted for inclusion in the Work
      by You to the Licensor shall be under the terms and conditions of
      this License, without any additional terms or conditions.
      Notwithstanding the above, nothing herein shall supersede or modify
      the terms of any separate license agreement you may have executed
      with Licensor regarding such Contributions.

   6. Trademarks. This License does not grant permission to use the trade
      names, trademarks, service marks, or product names of the Licensor,
      except as required for reasonable and customary use in describing the
      origin of the Work and reproducing the content of the NOTICE file.

   7. Disclaimer of Warranty. Unless required by applicable law or
      agreed to in writing, Licensor provides the Work (and each
      Contributor provides its Contributions) on an "AS IS" BASIS,
      WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or
      implied, including, without limitation, any warranties or conditions
      of TITLE, NON-INFRINGEMENT, MERCHANTABILITY, or FITNESS FOR A
      PARTICULAR PURPOSE. You are solely responsible for determining the
      appropriateness of using or redistributing the Work and assume any
      risks associated with Your exercise of permissions under this License.

   8. Limitation of Liability. In no event and under no legal theory,
      whether in tort (including negligence), contract, or otherwise,
      unless required by applicable law (such as deliberate and grossly
      negligent acts) or agreed to in writing, shall any Contributor be
      liable to You for damages, including any direct, indirect, special,
      incidental, or consequential damages of any character arising as a
      result of this License or out of the use or inability to use the
      Work (including but not limited to damages for loss of goodwill,
      work stoppage, computer failure or malfunction, or any and all
      other commercial damages or losses), even if such Contributor
      has been advised of the possibility of such damages.

   9. Accepting Warranty or Additional Liability. While redistributing
      the Work or Derivative Works thereof, You may choose to offer,
      and charge a fee for, acceptance of support, warranty, indemnity,
      or other liability obligations and/or rights consistent with this
      License. However, in accepting such obligations, You may act only
      on Your own behalf and on Your sole responsibility, not on behalf
      of any other Contributor, and only if You agree to indemnify,
      defend, and hold each Contributor harmless for any liability
      incurred by, or claims asserted against, such Contributor by reason
      of your accepting any such warranty or additional liability.

   END OF TERMS AND CONDITIONS

---

MIT License

Copyright (c) 2024-2025 Model Context Protocol a Series of LF Projects, LLC.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

---

Creative Commons Attribution 4.0 International (CC-BY-4.0)

Documentation in this project (excluding specifications) is licensed under
CC-BY-4.0. See https://creativecommons.org/licenses/by/4.0/legalcode for
the full license text.
*/
/*! @modelcontextprotocol/core@2.4.0
The MCP project is undergoing a licensing transition from the MIT License to the Apache License, Version 2.0 ("Apache-2.0"). All new code and specification contributions to the project are licensed under Apache-2.0. Documentation contributions (excluding specifications) are licensed under CC-BY-4.0.

Contributions for which relicensing consent has been obtained are licensed under Apache-2.0. Contributions made by authors who originally licensed their work under the MIT License and who have not yet granted explicit permission to relicense remain licensed under the MIT License.

No rights beyond those granted by the applicable original license are conveyed for such contributions.

---

                                 Apache License
                           Version 2.0, January 2004
                        http://www.apache.org/licenses/

   TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION

   1. Definitions.

      "License" shall mean the terms and conditions for use, reproduction,
      and distribution as defined by Sections 1 through 9 of this document.

      "Licensor" shall mean the copyright owner or entity authorized by
      the copyright owner that is granting the License.

      "Legal Entity" shall mean the union of the acting entity and all
      other entities that control, are controlled by, or are under common
      control with that entity. For the purposes of this definition,
      "control" means (i) the power, direct or indirect, to cause the
      direction or management of such entity, whether by contract or
      otherwise, or (ii) ownership of fifty percent (50%) or more of the
      outstanding shares, or (iii) beneficial ownership of such entity.

      "You" (or "Your") shall mean an individual or Legal Entity
      exercising permissions granted by this License.

      "Source" form shall mean the preferred form for making modifications,
      including but not limited to software source code, documentation
      source, and configuration files.

      "Object" form shall mean any form resulting from mechanical
      transformation or translation of a Source form, including but
      not limited to compiled object code, generated documentation,
      and conversions to other media types.

      "Work" shall mean the work of authorship, whether in Source or
      Object form, made available under the License, as indicated by a
      copyright notice that is included in or attached to the work
      (an example is provided in the Appendix below).

      "Derivative Works" shall mean any work, whether in Source or Object
      form, that is based on (or derived from) the Work and for which the
      editorial revisions, annotations, elaborations, or other modifications
      represent, as a whole, an original work of authorship. For the purposes
      of this License, Derivative Works shall not include works that remain
      separable from, or merely link (or bind by name) to the interfaces of,
      the Work and Derivative Works thereof.

      "Contribution" shall mean any work of authorship, including
      the original version of the Work and any modifications or additions
      to that Work or Derivative Works thereof, that is intentionally
      submitted to the Licensor for inclusion in the Work by the copyright
      owner or by an individual or Legal Entity authorized to submit on behalf
      of the copyright owner. For the purposes of this definition, "submitted"
      means any form of electronic, verbal, or written communication sent
      to the Licensor or its representatives, including but not limited to
      communication on electronic mailing lists, source code control systems,
      and issue tracking systems that are managed by, or on behalf of, the
      Licensor for the purpose of discussing and improving the Work, but
      excluding communication that is conspicuously marked or otherwise
      designated in writing by the copyright owner as "Not a Contribution."

      "Contributor" shall mean Licensor and any individual or Legal Entity
      on behalf of whom a Contribution has been received by Licensor and
      subsequently incorporated within the Work.

   2. Grant of Copyright License. Subject to the terms and conditions of
      this License, each Contributor hereby grants to You a perpetual,
      worldwide, non-exclusive, no-charge, royalty-free, irrevocable
      copyright license to reproduce, prepare Derivative Works of,
      publicly display, publicly perform, sublicense, and distribute the
      Work and such Derivative Works in Source or Object form.

   3. Grant of Patent License. Subject to the terms and conditions of
      this License, each Contributor hereby grants to You a perpetual,
      worldwide, non-exclusive, no-charge, royalty-free, irrevocable
      (except as stated in this section) patent license to make, have made,
      use, offer to sell, sell, import, and otherwise transfer the Work,
      where such license applies only to those patent claims licensable
      by such Contributor that are necessarily infringed by their
      Contribution(s) alone or by combination of their Contribution(s)
      with the Work to which such Contribution(s) was submitted. If You
      institute patent litigation against any entity (including a
      cross-claim or counterclaim in a lawsuit) alleging that the Work
      or a Contribution incorporated within the Work constitutes direct
      or contributory patent infringement, then any patent licenses
      granted to You under this License for that Work shall terminate
      as of the date such litigation is filed.

   4. Redistribution. You may reproduce and distribute copies of the
      Work or Derivative Works thereof in any medium, with or without
      modifications, and in Source or Object form, provided that You
      meet the following conditions:

      (a) You must give any other recipients of the Work or
          Derivative Works a copy of this License; and

      (b) You must cause any modified files to carry prominent notices
          stating that You changed the files; and

      (c) You must retain, in the Source form of any Derivative Works
          that You distribute, all copyright, patent, trademark, and
          attribution notices from the Source form of the Work,
          excluding those notices that do not pertain to any part of
          the Derivative Works; and

      (d) If the Work includes a "NOTICE" text file as part of its
          distribution, then any Derivative Works that You distribute must
          include a readable copy of the attribution notices contained
          within such NOTICE file, excluding those notices that do not
          pertain to any part of the Derivative Works, in at least one
          of the following places: within a NOTICE text file distributed
          as part of the Derivative Works; within the Source form or
          documentation, if provided along with the Derivative Works; or,
          within a display generated by the Derivative Works, if and
          wherever such third-party notices normally appear. The contents
          of the NOTICE file are for informational purposes only and
          do not modify the License. You may add Your own attribution
          notices within Derivative Works that You distribute, alongside
          or as an addendum to the NOTICE text from the Work, provided
          that such additional attribution notices cannot be construed
          as modifying the License.

      You may add Your own copyright statement to Your modifications and
      may provide additional or different license terms and conditions
      for use, reproduction, or distribution of Your modifications, or
      for any such Derivative Works as a whole, provided Your use,
      reproduction, and distribution of the Work otherwise complies with
      the conditions stated in this License.

   5. Submission of Contributions. Unless You explicitly state otherwise,
      any Contribution intentionally submitted for inclusion in the Work
      by You to the Licensor shall be under the terms and conditions of
      this License, without any additional terms or conditions.
      Notwithstanding the above, nothing herein shall supersede or modify
      the terms of any separate license agreement you may have executed
      with Licensor regarding such Contributions.

   6. Trademarks. This License does not grant permission to use the trade
      names, trademarks, service marks, or product names of the Licensor,
      except as required for reasonable and customary use in describing the
      origin of the Work and reproducing the content of the NOTICE file.

   7. Disclaimer of Warranty. Unless required by applicable law or
      agreed to in writing, Licensor provides the Work (and each
      Contributor provides its Contributions) on an "AS IS" BASIS,
      WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or
      implied, including, without limitation, any warranties or conditions
      of TITLE, NON-INFRINGEMENT, MERCHANTABILITY, or FITNESS FOR A
      PARTICULAR PURPOSE. You are solely responsible for determining the
      appropriateness of using or redistributing the Work and assume any
      risks associated with Your exercise of permissions under this License.

   8. Limitation of Liability. In no event and under no legal theory,
      whether in tort (including negligence), contract, or otherwise,
      unless required by applicable law (such as deliberate and grossly
      negligent acts) or agreed to in writing, shall any Contributor be
      liable to You for damages, including any direct, indirect, special,
      incidental, or consequential damages of any character arising as a
      result of this License or out of the use or inability to use the
      Work (including but not limited to damages for loss of goodwill,
      work stoppage, computer failure or malfunction, or any and all
      other commercial damages or losses), even if such Contributor
      has been advised of the possibility of such damages.

   9. Accepting Warranty or Additional Liability. While redistributing
      the Work or Derivative Works thereof, You may choose to offer,
      and charge a fee for, acceptance of support, warranty, indemnity,
      or other liability obligations and/or rights consistent with this
      License. However, in accepting such obligations, You may act only
      on Your own behalf and on Your sole responsibility, not on behalf
      of any other Contributor, and only if You agree to indemnify,
      defend, and hold each Contributor harmless for any liability
      incurred by, or claims asserted against, such Contributor by reason
      of your accepting any such warranty or additional liability.

   END OF TERMS AND CONDITIONS

---

MIT License

Copyright (c) 2024-2025 Model Context Protocol a Series of LF Projects, LLC.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

---

Creative Commons Attribution 4.0 International (CC-BY-4.0)

Documentation in this project (excluding specifications) is licensed under
CC-BY-4.0. See https://creativecommons.org/licenses/by/4.0/legalcode for
the full license text.
*/
/*! zod@4.6.7
MIT License

Copyright (c) 2025 Colin McDonnell

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/

var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || cb((mod = { exports: {} }).exports, mod), mod.exports);
var __exportAll = (all, symbols) => {
let target = {};
for (var name in all) {
__defProp(target, name, {
get: all[name],
enumerable: true
});
}
return target;
};
var __copyProps = (to, from, except, desc) => {
if (from && typeof from === "object" || typeof from === "function") {
for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
key = keys[i];
if (!__hasOwnProp.call(to, key) && key !== except) {
__defProp(to, key, {
get: ((k) => from[k]).bind(null, key),
enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
});
}
}
}
return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(__defProp(target, "default", {
value: mod,
enumerable: true
}) , mod));
const DRAFT_2020_12_URIS = new Set(["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft/2020-12/schema"]);
const DRAFT_2019_09_URIS = new Set(["https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft/2019-09/schema"]);
const DRAFT_07_URIS = new Set(["https://json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema"]);
const DRAFT_06_URIS = new Set(["https://json-schema.org/draft-06/schema", "http://json-schema.org/draft-06/schema"]);
function declares2019Dialect($schema) {
return typeof $schema === "string" && DRAFT_2019_09_URIS.has($schema.replace(/#$/, ""));
}
function declaredDialect(schema, remedy) {
if (!("$schema" in schema) || typeof schema.$schema !== "string") return "2020-12";
const declared = schema.$schema.replace(/#$/, "");
if (DRAFT_2020_12_URIS.has(declared)) return "2020-12";
if (DRAFT_2019_09_URIS.has(declared)) return "2019-09";
if (DRAFT_07_URIS.has(declared) || DRAFT_06_URIS.has(declared)) return "draft-7";
throw new Error(`JSON Schema declares an unsupported dialect ("$schema": "${schema.$schema.slice(0, 200)}"). The default validator supports JSON Schema 2020-12, 2019-09, draft-07, and draft-06; ${remedy}`);
}
function getEnumValues(entries) {
const numericValues = Object.values(entries).filter((v) => typeof v === "number");
const values = Object.entries(entries)
.filter(([k, _]) => numericValues.indexOf(+k) === -1)
.map(([_, v]) => v);
return values;
}
function joinValues(array, separator = "|") {
return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
if (typeof value === "bigint")
return value.toString();
return value;
}
class Cached {
constructor(getter) {
this._getter = getter;
this._value = undefined;
}
get value() {
const getter = this._getter;
if (getter !== undefined) {
this._value = getter();
this._getter = undefined;
}
return this._value;
}
}
function cached(getter) {
return new Cached(getter);
}
function nullish(input) {
return input === null || input === undefined;
}
function cleanRegex(source) {
const start = source.startsWith("^") ? 1 : 0;
const end = source.endsWith("$") ? source.length - 1 : source.length;
return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
const ratio = val / step;
const roundedRatio = Math.round(ratio);
const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
if (Math.abs(ratio - roundedRatio) < tolerance)
return 0;
return ratio - roundedRatio;
}
const EVALUATING =   Symbol("evaluating");
function defineLazy(object, key, getter) {
let value = undefined;
Object.defineProperty(object, key, {
get() {
if (value === EVALUATING) {
return undefined;
}
if (value === undefined) {
value = EVALUATING;
value = getter();
}
return value;
},
set(v) {
Object.defineProperty(object, key, {
value: v,
});
},
configurable: true,
});
}
function assignProp(target, prop, value) {
Object.defineProperty(target, prop, {
value,
writable: true,
enumerable: true,
configurable: true,
});
}
function rawShape(def) {
const desc = Object.getOwnPropertyDescriptor(def, "shape");
return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
Object.defineProperty(target, key, {
get() {
const value = getter();
assignProp(this, key, value);
return value;
},
enumerable: true,
configurable: true,
});
}
function putProp(target, key, value) {
if (key in target)
assignProp(target, key, value);
else
target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
const raw = sourceShape(source);
for (const key of keys) {
const desc = Object.getOwnPropertyDescriptor(raw, key);
if (!desc.enumerable)
continue;
if (desc.get) {
deferProp(target, key, () => {
const value = source._zod.def.shape[key];
return wrap ? wrap(value, key) : value;
});
}
else
putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
}
}
function mirrorProps(target, source) {
for (const key of Reflect.ownKeys(source)) {
const desc = Object.getOwnPropertyDescriptor(source, key);
if (!desc.enumerable)
continue;
if (desc.get)
deferProp(target, key, () => source[key]);
else
putProp(target, key, desc.value);
}
}
function mergeDefs(...defs) {
const mergedDescriptors = {};
for (const def of defs) {
const descriptors = Object.getOwnPropertyDescriptors(def);
Object.assign(mergedDescriptors, descriptors);
}
return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
return JSON.stringify(str);
}
function slugify(input) {
return input
.toLowerCase()
.trim()
.replace(/[^\w\s-]/g, "")
.replace(/[\s_-]+/g, "-")
.replace(/^-+|-+$/g, "");
}
const captureStackTrace = ("captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => { });
function isObject(data) {
return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval =   cached(() => {
if (globalConfig.jitless) {
return false;
}
if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
return false;
}
try {
const F = Function;
new F("");
return true;
}
catch (_) {
return false;
}
});
function isPlainObject$8(o) {
if (isObject(o) === false)
return false;
const ctor = o.constructor;
if (ctor === undefined)
return true;
if (typeof ctor !== "function")
return true;
const prot = ctor.prototype;
if (isObject(prot) === false)
return false;
if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
return false;
}
return true;
}
function shallowClone(o) {
if (isPlainObject$8(o))
return { ...o };
if (Array.isArray(o))
return [...o];
if (o instanceof Map)
return new Map(o);
if (o instanceof Set)
return new Set(o);
return o;
}
const propertyKeyTypes =   new Set(["string", "number", "symbol"]);
function escapeRegex(str) {
return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
const cl = new inst._zod.constr(def ?? inst._zod.def);
if (!def || params?.parent)
cl._zod.parent = inst;
return cl;
}
function normalizeParams(_params) {
const params = _params;
if (!params)
return {};
if (typeof params === "string")
return { error: () => params };
if (params?.message !== undefined) {
if (params?.error !== undefined)
throw new Error("Cannot specify both `message` and `error` params");
params.error = params.message;
}
delete params.message;
if (typeof params.error === "string")
return { ...params, error: () => params.error };
return params;
}
function stringifyPrimitive(value) {
if (typeof value === "bigint")
return value.toString() + "n";
if (typeof value === "string")
return `"${value}"`;
return `${value}`;
}
function optionalKeys(shape) {
return Object.keys(shape).filter((k) => {
return shape[k]._zod.optin !== undefined && shape[k]._zod.optout === "optional";
});
}
const NUMBER_FORMAT_RANGES =   (() => ({
safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
int32: [-2147483648, 2147483647],
uint32: [0, 4294967295],
float32: [-34028234663852886e22, 3.4028234663852886e38],
float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
}))();
const BIGINT_FORMAT_RANGES = {
int64: [  BigInt("-9223372036854775808"),   BigInt("9223372036854775807")],
uint64: [  BigInt(0),   BigInt("18446744073709551615")],
};
function pick(schema, mask) {
const currDef = schema._zod.def;
const checks = currDef.checks;
const hasChecks = checks && checks.length > 0;
if (hasChecks) {
throw new Error(".pick() cannot be used on object schemas containing refinements");
}
const newShape = {};
mirrorShape(newShape, schema, maskedKeys(schema, mask));
return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
const raw = sourceShape(schema);
const keys = [];
for (const key of Reflect.ownKeys(mask)) {
if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
throw new Error(`Unrecognized key: "${String(key)}"`);
}
if (mask[key])
keys.push(key);
}
return keys;
}
function omit(schema, mask) {
const currDef = schema._zod.def;
const checks = currDef.checks;
const hasChecks = checks && checks.length > 0;
if (hasChecks) {
throw new Error(".omit() cannot be used on object schemas containing refinements");
}
const omitted = new Set(maskedKeys(schema, mask));
const newShape = {};
mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
if (!isPlainObject$8(shape)) {
throw new Error("Invalid input to extend: expected a plain object");
}
const checks = schema._zod.def.checks;
const hasChecks = checks && checks.length > 0;
if (hasChecks) {
const existingShape = sourceShape(schema);
for (const key of Reflect.ownKeys(shape)) {
if (Object.getOwnPropertyDescriptor(existingShape, key) !== undefined) {
throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
}
}
}
return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
const newShape = {};
mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
mirrorProps(newShape, shape);
return newShape;
}
function safeExtend(schema, shape) {
if (!isPlainObject$8(shape)) {
throw new Error("Invalid input to safeExtend: expected a plain object");
}
return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
if (!b?._zod?.def) {
throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
}
if (a._zod.def.checks?.length) {
throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
}
const newShape = {};
mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
const def = mergeDefs(a._zod.def, {
shape: newShape,
get catchall() {
return b._zod.def.catchall;
},
checks: b._zod.def.checks ?? [],
});
return clone(a, def);
}
function partial(Class, schema, mask, name = "partial") {
const currDef = schema._zod.def;
const checks = currDef.checks;
const hasChecks = checks && checks.length > 0;
if (hasChecks) {
throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
}
const selected = mask ? new Set(maskedKeys(schema, mask)) : undefined;
const newShape = {};
mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class &&
((value, key) => (selected && !selected.has(key) ? value : new Class({ type: "optional", innerType: value }))));
return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class, schema, mask) {
const selected = mask ? new Set(maskedKeys(schema, mask)) : undefined;
const newShape = {};
mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) =>
selected && !selected.has(key) ? value : new Class({ type: "nonoptional", innerType: value }));
return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
if (x.aborted === true)
return true;
for (let i = startIndex; i < x.issues.length; i++) {
if (x.issues[i]?.continue !== true) {
return true;
}
}
return false;
}
function explicitlyAborted(x, startIndex = 0) {
if (x.aborted === true)
return true;
for (let i = startIndex; i < x.issues.length; i++) {
if (x.issues[i]?.continue === false) {
return true;
}
}
return false;
}
function prefixIssues(path, issues) {
return issues.map((iss) => {
var _a;
(_a = iss).path ?? (_a.path = []);
iss.path.unshift(path);
return iss;
});
}
function unwrapMessage(message) {
return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
const caps = [];
for (const ch of defChecks ?? []) {
const d = ch._zod.def;
if (!/_(length|size)$|_equals$/.test(d.check))
break;
const max = d.maximum ?? d.length ?? d.size;
if (max >= 0)
caps.push([max, ch]);
}
return caps;
}
function attachSchema(issues, start, inst) {
var _a;
for (let i = start; i < issues.length; i++) {
(_a = issues[i]).schema ?? (_a.schema = inst);
}
}
function finalizeIssue(iss, ctx, config) {
var _a;
const traits = iss.inst?._zod?.traits;
if (traits?.has("$ZodType")) {
if (traits.has("$ZodCheck"))
(_a = iss).schema ?? (_a.schema = iss.inst);
else
iss.schema = iss.inst;
}
const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : undefined;
const message = iss.message
? iss.message
: (unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ??
unwrapMessage(schemaError?.(iss)) ??
unwrapMessage(ctx?.error?.(iss)) ??
unwrapMessage(config.customError?.(iss)) ??
unwrapMessage(config.localeError?.(iss)) ??
"Invalid input");
const full = {};
for (const k of Object.keys(iss)) {
if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
continue;
full[k] = iss[k];
}
full.path ?? (full.path = []);
full.message = message;
if (ctx?.reportInput) {
full.input = iss.input;
}
return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
const units = str.length;
if (!highSurrogate.test(str))
return units;
let count = units;
for (let i = 0; i < units - 1; i++) {
if ((str.charCodeAt(i) & 0xfc00) === 0xd800 && (str.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
count--;
i++;
}
}
return count;
}
function getLengthableOrigin(input) {
if (Array.isArray(input))
return "array";
if (typeof input === "string")
return "string";
return "unknown";
}
function parsedType(data) {
const t = typeof data;
switch (t) {
case "number": {
return Number.isNaN(data) ? "nan" : "number";
}
case "object": {
if (data === null) {
return "null";
}
if (Array.isArray(data)) {
return "array";
}
const obj = data;
if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
return obj.constructor.name;
}
}
}
return t;
}
function issue(...args) {
const [iss, input, inst] = args;
if (typeof iss === "string") {
return {
message: iss,
code: "custom",
input,
inst,
};
}
return { ...iss };
}
function members(proto, table) {
for (const key in table) {
const desc = Object.getOwnPropertyDescriptor(table, key);
if (desc.get)
Object.defineProperty(proto, key, { ...desc, enumerable: false });
else
defineBound(proto, key, desc.value);
}
}
function own(inst, key, value, enumerable = true) {
Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
return value;
}
function hide(inst, key, value) {
return own(inst, key, value, false);
}
function derived(computes, table) {
for (const key in computes) {
const compute = computes[key];
Object.defineProperty(table, key, {
configurable: true,
enumerable: true,
get() {
return own(this, key, compute(this));
},
set(value) {
own(this, key, value);
},
});
}
return table;
}
function defineBound(proto, key, fn) {
Object.defineProperty(proto, key, {
configurable: true,
get() {
return this == null ? fn : own(this, key, fn.bind(this));
},
set(value) {
own(this, key, value);
},
});
}
function claim(inst, sentinel) {
const proto = Object.getPrototypeOf(inst);
return sentinel in proto ? undefined : proto;
}
let installing;
let broke = false;
const breaker = {
configurable: true,
get() {
broke = true;
return undefined;
},
};
function defineLazyInternal(inst, key, compute) {
const proto = Object.getPrototypeOf(inst._zod);
if (key in proto && installing !== inst._zod) {
installing = undefined;
return;
}
installing = inst._zod;
Object.defineProperty(proto, key, {
configurable: true,
get() {
Object.defineProperty(this, key, breaker);
const outer = broke;
broke = false;
try {
const value = compute(this);
if (broke)
delete this[key];
else
Object.defineProperty(this, key, { configurable: true, writable: true, value });
broke = broke || outer;
return value;
}
catch (err) {
delete this[key];
broke = broke || outer;
throw err;
}
},
set(value) {
Object.defineProperty(this, key, { configurable: true, writable: true, value });
},
});
}
function installLazyProp(inst, key, make, enumerable) {
const proto = claim(inst, key);
if (!proto)
return;
Object.defineProperty(proto, key, {
configurable: true,
get() {
const desc = { configurable: true, writable: true, enumerable, value: undefined };
Object.defineProperty(this, key, desc);
desc.value = make(this);
Object.defineProperty(this, key, desc);
return desc.value;
},
set(value) {
Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
},
});
}
const CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
const fn = () => value;
fn[CONSTANT_CATCH] = true;
return fn;
}
var _a$1;
const NEVER =   Object.freeze({
status: "aborted",
});
const _zodDesc = { value: undefined, enumerable: false };
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
const E = _E;
if (E) {
const saved = E.stackTraceLimit;
if (typeof saved === "number") {
try {
E.stackTraceLimit = 0;
}
catch {
_E = null;
return new Definition();
}
try {
return new Definition();
}
finally {
E.stackTraceLimit = saved;
}
}
}
return new Definition();
}
function $constructor(name, initializer,
proto, params) {
const zodProto = {};
function Internals(def) {
this.def = def;
this.constr = _;
this.traits = new Set();
}
Internals.prototype = zodProto;
const protoMembers = proto;
const initialized = protoMembers && new WeakSet();
function init(inst, def) {
if (!inst._zod) {
_zodDesc.value = new Internals(def);
try {
Object.defineProperty(inst, "_zod", _zodDesc);
}
finally {
_zodDesc.value = undefined;
}
}
else if (inst._zod.traits.has(name)) {
return;
}
inst._zod.traits.add(name);
initializer(inst, def);
if (initialized) {
const own = Object.getPrototypeOf(inst);
const ctorProto = inst._zod.constr.prototype;
let up = own;
while (up && up !== ctorProto)
up = Object.getPrototypeOf(up);
const target = up ?? own;
if (!initialized.has(target)) {
initialized.add(target);
members(target, protoMembers);
}
}
const proto = _.prototype;
for (const k in proto) {
if (!Object.prototype.hasOwnProperty.call(proto, k))
continue;
if (!(k in inst)) {
inst[k] = proto[k].bind(inst);
}
}
}
const Parent = params?.Parent ?? Object;
class Definition extends Parent {
}
Object.defineProperty(Definition, "name", { value: name });
function _(def) {
const inst = params?.Parent ? newError(Definition) : this;
init(inst, def);
const deferred = inst._zod.deferred;
if (deferred) {
for (const fn of deferred) {
fn();
}
inst._zod.deferred = undefined;
}
const pp = globalThis.__zod_globalConfig?.postProcessor;
if (pp)
pp(inst);
return inst;
}
Object.defineProperty(_, "init", { value: init });
Object.defineProperty(_, Symbol.hasInstance, {
value: (inst) => {
if (params?.Parent && inst instanceof params.Parent)
return true;
return inst?._zod?.traits?.has(name);
},
});
Object.defineProperty(_, "name", { value: name });
return _;
}
class $ZodAsyncError extends Error {
constructor() {
super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
}
}
class $ZodEncodeError extends Error {
constructor(name) {
super(`Encountered unidirectional transform during encode: ${name}`);
this.name = "ZodEncodeError";
}
}
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
if (newConfig)
Object.assign(globalConfig, newConfig);
return globalConfig;
}
function _getMessage() {
const internals = this._zod;
internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
return internals.message;
}
function _setMessage(value) {
this._zod.message = value;
}
const _messageDesc = {
get: _getMessage,
set: _setMessage,
enumerable: true,
configurable: true,
};
const _issuesDesc = { value: undefined, enumerable: false };
const _installedToString =   new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
inst.name = "$ZodError";
_issuesDesc.value = def;
Object.defineProperty(inst, "issues", _issuesDesc);
_issuesDesc.value = undefined;
Object.defineProperty(inst, "message", _messageDesc);
const proto = Object.getPrototypeOf(inst);
if (!_installedToString.has(proto)) {
_installedToString.add(proto);
Object.defineProperty(proto, "toString", {
configurable: true,
enumerable: false,
get() {
const value = () => this.message;
Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
return value;
},
set(value) {
Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
},
});
}
};
const $ZodError = $constructor("$ZodError", initializer$1);
function node(obj, key, make) {
if (!Object.prototype.hasOwnProperty.call(obj, key)) {
if (key === "__proto__") {
Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
}
else {
obj[key] = make();
}
}
return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
const fieldErrors = {};
const formErrors = [];
for (const sub of error.issues) {
if (sub.path.length > 0) {
node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
}
else {
formErrors.push(mapper(sub));
}
}
return { formErrors, fieldErrors };
}
function formatError(error, mapper = (issue) => issue.message) {
const fieldErrors = { _errors: [] };
const processError = (error, path = []) => {
for (const issue of error.issues) {
if (issue.code === "invalid_union" && issue.errors.length) {
issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
}
else if (issue.code === "invalid_key") {
processError({ issues: issue.issues }, [...path, ...issue.path]);
}
else if (issue.code === "invalid_element") {
processError({ issues: issue.issues }, [...path, ...issue.path]);
}
else {
const fullpath = [...path, ...issue.path];
if (fullpath.length === 0) {
fieldErrors._errors.push(mapper(issue));
}
else {
let curr = fieldErrors;
let i = 0;
while (i < fullpath.length) {
const el = fullpath[i];
const terminal = i === fullpath.length - 1;
if (el === "_errors") {
if (terminal)
curr._errors.push(mapper(issue));
i++;
continue;
}
if (!Object.prototype.hasOwnProperty.call(curr, el)) {
Object.defineProperty(curr, el, {
value: { _errors: [] },
enumerable: true,
writable: true,
configurable: true,
});
}
const node = curr[el];
if (terminal) {
node._errors.push(mapper(issue));
}
curr = node;
i++;
}
}
}
}
};
processError(error);
return fieldErrors;
}
function finalizeParams(callee, params) {
return { callee: params?.callee ?? callee, Err: params?.Err };
}
const _parse = (_Err) => {
const fn = (schema, value, _ctx, _params) => {
const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
const result = schema._zod.run({ value, issues: [] }, ctx);
if (result instanceof Promise) {
throw new $ZodAsyncError();
}
if (result.issues.length) {
const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
captureStackTrace(e, _params?.callee ?? fn);
throw e;
}
return result.value;
};
return fn;
};
const _parseAsync = (_Err) => {
const fn = async (schema, value, _ctx, params) => {
const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
let result = schema._zod.run({ value, issues: [] }, ctx);
if (result instanceof Promise)
result = await result;
if (result.issues.length) {
const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
captureStackTrace(e, params?.callee ?? fn);
throw e;
}
return result.value;
};
return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
const result = schema._zod.run({ value, issues: [] }, ctx);
if (result instanceof Promise) {
throw new $ZodAsyncError();
}
return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
function failure(Err, issues, ctx) {
let error;
return {
success: false,
get error() {
if (!error) {
error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
issues = undefined;
ctx = undefined;
}
return error;
},
set error(e) {
error = e;
issues = undefined;
ctx = undefined;
},
};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
let result = schema._zod.run({ value, issues: [] }, ctx);
if (result instanceof Promise)
result = await result;
return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
const COMPILE_INVALID =   Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK =   Symbol.for("zod.compile.fallback");
const validate$1 = ((schema, value, _ctx) => {
const validator = schema._zod.bag.validator;
if (validator !== undefined) {
if (validator(value) !== COMPILE_INVALID)
return true;
if (validator.definite === true && _ctx === undefined)
return false;
}
return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
const ctx = _ctx
? { ..._ctx, async: false, abortEarly: true }
: { async: false, abortEarly: true };
const fallbackRun = schema._zod.bag.fallbackRun;
let result;
if (fallbackRun) {
ctx[COMPILE_FALLBACK] = true;
result = fallbackRun({ value, issues: [] }, ctx);
}
else {
result = schema._zod.run({ value, issues: [] }, ctx);
}
if (result instanceof Promise) {
throw new $ZodAsyncError();
}
return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
const ctx = _ctx
? { ..._ctx, async: true, abortEarly: true }
: { async: true, abortEarly: true };
let result = schema._zod.run({ value, issues: [] }, ctx);
if (result instanceof Promise)
result = await result;
return result.issues.length === 0;
};
const _encode = (_Err) => {
const parse = _parse(_Err);
const fn = (schema, value, _ctx, _params) => {
const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
return parse(schema, value, ctx, finalizeParams(fn, _params));
};
return fn;
};
const _decode = (_Err) => {
const parse = _parse(_Err);
const fn = (schema, value, _ctx, _params) => {
return parse(schema, value, _ctx, finalizeParams(fn, _params));
};
return fn;
};
const _encodeAsync = (_Err) => {
const parseAsync = _parseAsync(_Err);
const fn = async (schema, value, _ctx, _params) => {
const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
return (await parseAsync(schema, value, ctx, finalizeParams(fn, _params)));
};
return fn;
};
const _decodeAsync = (_Err) => {
const parseAsync = _parseAsync(_Err);
const fn = async (schema, value, _ctx, _params) => {
return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
};
return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
return _safeParseAsync(_Err)(schema, value, _ctx);
};
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
const uuid = (version) => {
if (!version)
return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
const email$1 = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
return new RegExp(`^${source}$`);
}
const date$2 =   anchor(dateSource);
function timeSource(args) {
const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
const regex = typeof args.precision === "number"
? args.precision === -1
? `${hhmm}`
: args.precision === 0
? `${hhmm}:[0-5]\\d`
: `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}`
: args.seconds
? `${hhmm}:[0-5]\\d(?:\\.\\d+)?`
: `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
return regex;
}
function time$1(args) {
return new RegExp(`^${timeSource(args)}$`);
}
function datetime$1(args) {
const opts = ["Z"];
if (args.offset)
opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$2 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const _null$2 = /^null$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;
const $ZodCheck =   $constructor("$ZodCheck", (inst, def) => {
var _a;
inst._zod ?? (inst._zod = {});
inst._zod.def = def;
(_a = inst._zod).onattach ?? (_a.onattach = []);
});
const _whenHasLength = (payload) => {
const val = payload.value;
return !nullish(val) && val.length !== undefined;
};
const numericOriginMap = {
number: "number",
bigint: "bigint",
object: "date",
};
const $ZodCheckLessThan =   $constructor("$ZodCheckLessThan", (inst, def) => {
$ZodCheck.init(inst, def);
const origin = numericOriginMap[typeof def.value];
inst._zod.check = (payload) => {
if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
return;
}
payload.issues.push({
origin: numericOriginMap[typeof payload.value] ?? origin,
code: "too_big",
maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
input: payload.value,
inclusive: def.inclusive,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckGreaterThan =   $constructor("$ZodCheckGreaterThan", (inst, def) => {
$ZodCheck.init(inst, def);
const origin = numericOriginMap[typeof def.value];
inst._zod.check = (payload) => {
if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
return;
}
payload.issues.push({
origin: numericOriginMap[typeof payload.value] ?? origin,
code: "too_small",
minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
input: payload.value,
inclusive: def.inclusive,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckMultipleOf =
$constructor("$ZodCheckMultipleOf", (inst, def) => {
$ZodCheck.init(inst, def);
inst._zod.check = (payload) => {
if (typeof payload.value !== typeof def.value)
throw new Error("Cannot mix number and bigint in multiple_of check.");
const isMultiple = typeof payload.value === "bigint"
?
def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
: floatSafeRemainder(payload.value, def.value) === 0;
if (isMultiple)
return;
payload.issues.push({
origin: typeof payload.value,
code: "not_multiple_of",
divisor: def.value,
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckNumberFormat =   $constructor("$ZodCheckNumberFormat", (inst, def) => {
$ZodCheck.init(inst, def);
def.format = def.format || "float64";
const isInt = def.format?.includes("int");
const origin = isInt ? "int" : "number";
const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
inst._zod.check = (payload) => {
const input = payload.value;
if (isInt) {
if (!Number.isInteger(input)) {
payload.issues.push({
expected: origin,
format: def.format,
code: "invalid_type",
continue: false,
input,
inst,
});
return;
}
if (!Number.isSafeInteger(input)) {
if (input > 0) {
payload.issues.push({
input,
code: "too_big",
maximum: Number.MAX_SAFE_INTEGER,
note: "Integers must be within the safe integer range.",
inst,
origin,
inclusive: true,
continue: !def.abort,
});
}
else {
payload.issues.push({
input,
code: "too_small",
minimum: Number.MIN_SAFE_INTEGER,
note: "Integers must be within the safe integer range.",
inst,
origin,
inclusive: true,
continue: !def.abort,
});
}
return;
}
}
if (input < minimum) {
payload.issues.push({
origin: "number",
input,
code: "too_small",
minimum,
inclusive: true,
inst,
continue: !def.abort,
});
}
if (input > maximum) {
payload.issues.push({
origin: "number",
input,
code: "too_big",
maximum,
inclusive: true,
inst,
continue: !def.abort,
});
}
};
});
const $ZodCheckMaxLength =   $constructor("$ZodCheckMaxLength", (inst, def) => {
var _a;
$ZodCheck.init(inst, def);
(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
inst._zod.check = (payload) => {
const input = payload.value;
const units = input.length;
const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
if (length <= def.maximum)
return;
const origin = getLengthableOrigin(input);
payload.issues.push({
origin,
code: "too_big",
maximum: def.maximum,
inclusive: true,
input,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckMinLength =   $constructor("$ZodCheckMinLength", (inst, def) => {
var _a;
$ZodCheck.init(inst, def);
(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
inst._zod.check = (payload) => {
const input = payload.value;
const units = input.length;
const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2
? codePointLength(input)
: units;
if (length >= def.minimum)
return;
const origin = getLengthableOrigin(input);
payload.issues.push({
origin,
code: "too_small",
minimum: def.minimum,
inclusive: true,
input,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckLengthEquals =   $constructor("$ZodCheckLengthEquals", (inst, def) => {
var _a;
$ZodCheck.init(inst, def);
(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
inst._zod.check = (payload) => {
const input = payload.value;
const units = input.length;
const length = typeof input === "string" && units >= def.length && units <= def.length * 2
? codePointLength(input)
: units;
if (length === def.length)
return;
const origin = getLengthableOrigin(input);
const tooBig = length > def.length;
payload.issues.push({
origin,
...(tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length }),
inclusive: true,
exact: true,
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckStringFormat =   $constructor("$ZodCheckStringFormat", (inst, def) => {
var _a, _b;
$ZodCheck.init(inst, def);
if (def.pattern)
(_a = inst._zod).check ?? (_a.check = (payload) => {
def.pattern.lastIndex = 0;
if (def.pattern.test(payload.value))
return;
payload.issues.push({
origin: "string",
code: "invalid_format",
format: def.format,
input: payload.value,
...(def.pattern ? { pattern: def.pattern.toString() } : {}),
inst,
continue: !def.abort,
});
});
else
(_b = inst._zod).check ?? (_b.check = () => { });
});
const $ZodCheckRegex =   $constructor("$ZodCheckRegex", (inst, def) => {
$ZodCheckStringFormat.init(inst, def);
inst._zod.check = (payload) => {
def.pattern.lastIndex = 0;
if (def.pattern.test(payload.value))
return;
payload.issues.push({
origin: "string",
code: "invalid_format",
format: "regex",
input: payload.value,
pattern: def.pattern.toString(),
inst,
continue: !def.abort,
});
};
});
const $ZodCheckLowerCase =   $constructor("$ZodCheckLowerCase", (inst, def) => {
def.pattern ?? (def.pattern = lowercase);
$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase =   $constructor("$ZodCheckUpperCase", (inst, def) => {
def.pattern ?? (def.pattern = uppercase);
$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes =   $constructor("$ZodCheckIncludes", (inst, def) => {
$ZodCheck.init(inst, def);
const escapedRegex = escapeRegex(def.includes);
const pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
def.pattern = pattern;
inst._zod.check = (payload) => {
if (payload.value.includes(def.includes, def.position))
return;
payload.issues.push({
origin: "string",
code: "invalid_format",
format: "includes",
includes: def.includes,
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckStartsWith =   $constructor("$ZodCheckStartsWith", (inst, def) => {
$ZodCheck.init(inst, def);
const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
def.pattern ?? (def.pattern = pattern);
inst._zod.check = (payload) => {
if (payload.value.startsWith(def.prefix))
return;
payload.issues.push({
origin: "string",
code: "invalid_format",
format: "starts_with",
prefix: def.prefix,
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckEndsWith =   $constructor("$ZodCheckEndsWith", (inst, def) => {
$ZodCheck.init(inst, def);
const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
def.pattern ?? (def.pattern = pattern);
inst._zod.check = (payload) => {
if (payload.value.endsWith(def.suffix))
return;
payload.issues.push({
origin: "string",
code: "invalid_format",
format: "ends_with",
suffix: def.suffix,
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodCheckOverwrite =   $constructor("$ZodCheckOverwrite", (inst, def) => {
$ZodCheck.init(inst, def);
inst._zod.check = (payload) => {
payload.value = def.tx(payload.value);
};
});
class Doc {
constructor(args = [], closed = {}) {
this.content = [];
this.indent = 0;
this.args = args;
this.closed = closed;
}
indented(fn) {
this.indent += 1;
try {
fn(this);
}
finally {
this.indent -= 1;
}
}
write(arg) {
if (typeof arg === "function") {
arg(this, { execution: "sync" });
arg(this, { execution: "async" });
return;
}
const content = arg;
const lines = content.split("\n").filter((x) => x);
const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
for (const line of dedented) {
this.content.push(line);
}
}
compile() {
const F = Function;
const content = this?.content ?? [``];
const factory = new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`);
return factory(...Object.values(this.closed));
}
}
const version = {
major: 4,
minor: 6,
patch: 7,
};
const $ZodType =   $constructor("$ZodType", (inst, def) => {
var _a;
inst ?? (inst = {});
inst._zod.def = def;
inst._zod.bag = inst._zod.bag || {};
inst._zod.version = version;
const defChecks = inst._zod.def.checks;
const checks = inst._zod.traits.has("$ZodCheck")
? [inst, ...(defChecks ?? [])]
: defChecks?.length
? [...defChecks]
: [];
for (const ch of checks) {
for (const fn of ch._zod.onattach) {
fn(inst);
}
}
if (checks.length === 0) {
(_a = inst._zod).deferred ?? (_a.deferred = []);
inst._zod.deferred?.push(() => {
inst._zod.run = inst._zod.parse;
});
}
else {
const runChecks = (payload, checks, ctx) => {
if (payload.memo)
return payload;
let isAborted = aborted(payload);
let asyncResult;
for (const ch of checks) {
if (ch._zod.def.when) {
if (explicitlyAborted(payload))
continue;
const shouldRun = ch._zod.def.when(payload);
if (!shouldRun)
continue;
}
else if (isAborted) {
continue;
}
const currLen = payload.issues.length;
const _ = ch._zod.check(payload);
if (_ instanceof Promise && ctx?.async === false) {
throw new $ZodAsyncError();
}
if (asyncResult || _ instanceof Promise) {
asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
await _;
const nextLen = payload.issues.length;
if (nextLen === currLen)
return;
attachSchema(payload.issues, currLen, inst);
if (!isAborted)
isAborted = aborted(payload, currLen);
});
}
else {
const nextLen = payload.issues.length;
if (nextLen === currLen)
continue;
attachSchema(payload.issues, currLen, inst);
if (!isAborted)
isAborted = aborted(payload, currLen);
}
}
if (asyncResult) {
return asyncResult.then(() => {
return payload;
});
}
return payload;
};
const handleCanaryResult = (canary, payload, ctx) => {
if (aborted(canary)) {
canary.aborted = true;
return canary;
}
const checkResult = runChecks(payload, checks, ctx);
if (checkResult instanceof Promise) {
if (ctx.async === false)
throw new $ZodAsyncError();
return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
}
return inst._zod.parse(checkResult, ctx);
};
inst._zod.run = (payload, ctx) => {
if (ctx.skipChecks) {
return inst._zod.parse(payload, ctx);
}
if (ctx.direction === "backward") {
const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
if (canary instanceof Promise) {
return canary.then((canary) => {
return handleCanaryResult(canary, payload, ctx);
});
}
return handleCanaryResult(canary, payload, ctx);
}
const result = inst._zod.parse(payload, ctx);
if (result instanceof Promise) {
if (ctx.async === false)
throw new $ZodAsyncError();
return result.then((result) => runChecks(result, checks, ctx));
}
return runChecks(result, checks, ctx);
};
}
}, {
get "~standard"() {
return hide(this, "~standard", standardProps(this));
},
set "~standard"(value) {
own(this, "~standard", value);
},
});
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
const ctx = { async: true };
return toStandardResult((await inst._zod.run({ value, issues: [] }, ctx)), ctx);
}
function standardProps(inst) {
return {
validate: (value) => {
const ctx = { async: false };
try {
const r = inst._zod.run({ value, issues: [] }, ctx);
if (!(r instanceof Promise))
return toStandardResult(r, ctx);
}
catch (_) { }
return validateAsync(inst, value);
},
vendor: "zod",
version: 1,
};
}
const $ZodString =   $constructor("$ZodString", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.pattern = def.pattern ?? anyString;
inst._zod.parse = (payload, _) => {
if (def.coerce)
try {
payload.value = String(payload.value);
}
catch (_) { }
if (typeof payload.value === "string")
return payload;
payload.issues.push({
expected: "string",
code: "invalid_type",
input: payload.value,
inst,
});
return payload;
};
});
const $ZodStringFormat =   $constructor("$ZodStringFormat", (inst, def) => {
$ZodCheckStringFormat.init(inst, def);
$ZodString.init(inst, def);
});
const $ZodGUID =   $constructor("$ZodGUID", (inst, def) => {
def.pattern ?? (def.pattern = guid);
$ZodStringFormat.init(inst, def);
});
const $ZodUUID =   $constructor("$ZodUUID", (inst, def) => {
if (def.version) {
const versionMap = {
v1: 1,
v2: 2,
v3: 3,
v4: 4,
v5: 5,
v6: 6,
v7: 7,
v8: 8,
};
const v = versionMap[def.version];
if (v === undefined)
throw new Error(`Invalid UUID version: "${def.version}"`);
def.pattern ?? (def.pattern = uuid(v));
}
else
def.pattern ?? (def.pattern = uuid());
$ZodStringFormat.init(inst, def);
});
const $ZodEmail =   $constructor("$ZodEmail", (inst, def) => {
def.pattern ?? (def.pattern = email$1);
$ZodStringFormat.init(inst, def);
});
const URL_BAD_FORMAT = 1;
const URL_UNPARSEABLE = 2;
function canParseURL(input) {
try {
if (typeof URL !== "undefined" && typeof URL.canParse === "function")
return URL.canParse(input);
new URL(input);
return true;
}
catch {
return false;
}
}
function validateURL(trimmed, def) {
if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
return canParseURL(trimmed) || URL_UNPARSEABLE;
}
return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
return URL_BAD_FORMAT;
}
try {
if (typeof URL !== "undefined") {
const URLStatic = URL;
if (typeof URLStatic.parse === "function")
return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
}
return new URL(trimmed);
}
catch {
return URL_UNPARSEABLE;
}
}
const asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
hostname.lastIndex = 0;
return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
protocol.lastIndex = 0;
return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL =   $constructor("$ZodURL", (inst, def) => {
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
try {
const trimmed = payload.value.trim();
const url = validateURL(trimmed, def);
if (url === URL_BAD_FORMAT) {
payload.issues.push({
code: "invalid_format",
format: "url",
note: "Invalid URL format",
input: payload.value,
inst,
continue: !def.abort,
});
return;
}
if (url === URL_UNPARSEABLE) {
payload.issues.push({
code: "invalid_format",
format: "url",
input: payload.value,
inst,
continue: !def.abort,
});
return;
}
if (url === true) {
payload.value = stripTabAndNewline(trimmed);
return;
}
if (def.hostname && !urlHostnameOk(url, def.hostname)) {
payload.issues.push({
code: "invalid_format",
format: "url",
note: "Invalid hostname",
pattern: def.hostname.source,
input: payload.value,
inst,
continue: !def.abort,
});
}
if (def.protocol && !urlProtocolOk(url, def.protocol)) {
payload.issues.push({
code: "invalid_format",
format: "url",
note: "Invalid protocol",
pattern: def.protocol.source,
input: payload.value,
inst,
continue: !def.abort,
});
}
payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
return;
}
catch (_) {
payload.issues.push({
code: "invalid_format",
format: "url",
input: payload.value,
inst,
continue: !def.abort,
});
}
};
});
const $ZodEmoji =   $constructor("$ZodEmoji", (inst, def) => {
def.pattern ?? (def.pattern = emoji());
$ZodStringFormat.init(inst, def);
});
const $ZodNanoID =   $constructor("$ZodNanoID", (inst, def) => {
if (def.length !== undefined && (!Number.isInteger(def.length) || def.length < 1))
throw new Error(`Invalid nanoid length: ${def.length}`);
def.pattern ?? (def.pattern = def.length === undefined ? nanoid : nanoidOfLength(def.length));
$ZodStringFormat.init(inst, def);
});
const $ZodCUID =   $constructor("$ZodCUID", (inst, def) => {
def.pattern ?? (def.pattern = cuid);
$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 =   $constructor("$ZodCUID2", (inst, def) => {
def.pattern ?? (def.pattern = cuid2);
$ZodStringFormat.init(inst, def);
});
const $ZodULID =   $constructor("$ZodULID", (inst, def) => {
def.pattern ?? (def.pattern = ulid);
$ZodStringFormat.init(inst, def);
});
const $ZodXID =   $constructor("$ZodXID", (inst, def) => {
def.pattern ?? (def.pattern = xid);
$ZodStringFormat.init(inst, def);
});
const $ZodKSUID =   $constructor("$ZodKSUID", (inst, def) => {
def.pattern ?? (def.pattern = ksuid);
$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime =   $constructor("$ZodISODateTime", (inst, def) => {
def.pattern ?? (def.pattern = datetime$1(def));
$ZodStringFormat.init(inst, def);
});
const $ZodISODate =   $constructor("$ZodISODate", (inst, def) => {
def.pattern ?? (def.pattern = date$2);
$ZodStringFormat.init(inst, def);
});
const $ZodISOTime =   $constructor("$ZodISOTime", (inst, def) => {
def.pattern ?? (def.pattern = time$1(def));
$ZodStringFormat.init(inst, def);
});
const $ZodISODuration =   $constructor("$ZodISODuration", (inst, def) => {
def.pattern ?? (def.pattern = duration);
$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 =   $constructor("$ZodIPv4", (inst, def) => {
def.pattern ?? (def.pattern = ipv4);
$ZodStringFormat.init(inst, def);
});
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
if (!ipv6Alphabet.test(value))
return false;
return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 =   $constructor("$ZodIPv6", (inst, def) => {
def.pattern ?? (def.pattern = ipv6);
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
if (!isValidIPv6(payload.value)) {
payload.issues.push({
code: "invalid_format",
format: "ipv6",
input: payload.value,
inst,
continue: !def.abort,
});
}
};
});
const $ZodCIDRv4 =   $constructor("$ZodCIDRv4", (inst, def) => {
def.pattern ?? (def.pattern = cidrv4);
$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
const parts = value.split("/");
if (parts.length !== 2)
return false;
const [address, prefix] = parts;
if (!prefix)
return false;
const prefixNum = Number(prefix);
if (`${prefixNum}` !== prefix)
return false;
if (prefixNum < 0 || prefixNum > 128)
return false;
return isValidIPv6(address);
}
const $ZodCIDRv6 =   $constructor("$ZodCIDRv6", (inst, def) => {
def.pattern ?? (def.pattern = cidrv6);
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
if (!isValidCIDRv6(payload.value)) {
payload.issues.push({
code: "invalid_format",
format: "cidrv6",
input: payload.value,
inst,
continue: !def.abort,
});
}
};
});
function isValidBase64(data) {
if (data === "")
return true;
if (/\s/.test(data))
return false;
if (data.length % 4 !== 0)
return false;
try {
atob(data);
return true;
}
catch {
return false;
}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 =   $constructor("$ZodBase64", (inst, def) => {
def.pattern ?? (def.pattern = base64Charset);
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
if (isValidBase64(payload.value))
return;
payload.issues.push({
code: "invalid_format",
format: "base64",
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
if (!base64urlCharset.test(data))
return false;
const base64 = data.replace(/[-_]/g, (c) => (c === "-" ? "+" : "/"));
const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, "=");
return isValidBase64(padded);
}
const $ZodBase64URL =   $constructor("$ZodBase64URL", (inst, def) => {
def.pattern ?? (def.pattern = base64urlCharset);
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
if (isValidBase64URL(payload.value))
return;
payload.issues.push({
code: "invalid_format",
format: "base64url",
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodE164 =   $constructor("$ZodE164", (inst, def) => {
def.pattern ?? (def.pattern = e164);
$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
try {
const tokensParts = token.split(".");
if (tokensParts.length !== 3)
return false;
const [header] = tokensParts;
if (!header)
return false;
const parsedHeader = JSON.parse(atob(header));
if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
return false;
if (!parsedHeader.alg)
return false;
if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm))
return false;
return true;
}
catch {
return false;
}
}
const $ZodJWT =   $constructor("$ZodJWT", (inst, def) => {
$ZodStringFormat.init(inst, def);
inst._zod.check = (payload) => {
if (isValidJWT(payload.value, def.alg))
return;
payload.issues.push({
code: "invalid_format",
format: "jwt",
input: payload.value,
inst,
continue: !def.abort,
});
};
});
const $ZodNumber =   $constructor("$ZodNumber", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.pattern = number$2;
inst._zod.parse = (payload, _ctx) => {
if (def.coerce)
try {
payload.value = Number(payload.value);
}
catch (_) { }
const input = payload.value;
if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
return payload;
}
const received = typeof input === "number"
? Number.isNaN(input)
? "NaN"
: !Number.isFinite(input)
? String(input)
: undefined
: undefined;
payload.issues.push({
expected: "number",
code: "invalid_type",
input,
inst,
...(received ? { received } : {}),
});
return payload;
};
});
const $ZodNumberFormat =   $constructor("$ZodNumberFormat", (inst, def) => {
$ZodCheckNumberFormat.init(inst, def);
$ZodNumber.init(inst, def);
});
const $ZodBoolean =   $constructor("$ZodBoolean", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.pattern = boolean$1;
inst._zod.parse = (payload, _ctx) => {
if (def.coerce)
try {
payload.value = Boolean(payload.value);
}
catch (_) { }
const input = payload.value;
if (typeof input === "boolean")
return payload;
payload.issues.push({
expected: "boolean",
code: "invalid_type",
input,
inst,
});
return payload;
};
});
const $ZodNull =   $constructor("$ZodNull", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.pattern = _null$2;
inst._zod.values = new Set([null]);
inst._zod.parse = (payload, _ctx) => {
const input = payload.value;
if (input === null)
return payload;
payload.issues.push({
expected: "null",
code: "invalid_type",
input,
inst,
});
return payload;
};
});
const $ZodAny =   $constructor("$ZodAny", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.parse = (payload) => payload;
});
const $ZodUnknown =   $constructor("$ZodUnknown", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.parse = (payload) => payload;
});
const $ZodNever =   $constructor("$ZodNever", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.parse = (payload, _ctx) => {
payload.issues.push({
expected: "never",
code: "invalid_type",
input: payload.value,
inst,
});
return payload;
};
});
function capSize(inst, size) {
const caps = sizeCaps(inst._zod.def.checks);
if (!caps.length)
return;
const cap = Math.min(...caps.map((c) => c[0]));
const parse = inst._zod.parse;
inst._zod.parse = (payload, ctx) => {
const n = size(payload.value);
if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
if (n > max && ch._zod.def.when(payload)) {
const start = payload.issues.length;
ch._zod.check(payload);
payload.issues[start].continue = false;
attachSchema(payload.issues, start, inst);
return payload;
}
}
}
return parse(payload, ctx);
};
}
const arraySize = (input) => (Array.isArray(input) ? input.length : -1);
function handleArrayResult(result, final, index) {
if (result.issues.length) {
final.issues.push(...prefixIssues(index, result.issues));
}
final.value[index] = result.value;
}
const $ZodArray =   $constructor("$ZodArray", (inst, def) => {
$ZodType.init(inst, def);
const memo = globalConfig.memoizer;
memo?.attach(inst);
inst._zod.parse = (payload, ctx) => {
const input = payload.value;
if (!Array.isArray(input)) {
payload.issues.push({
expected: "array",
code: "invalid_type",
input,
inst,
});
return payload;
}
payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
const proms = [];
const abortEarly = ctx?.abortEarly;
for (let i = 0; i < input.length; i++) {
const item = input[i];
const result = def.element._zod.run({
value: item,
issues: [],
}, ctx);
if (result instanceof Promise) {
proms.push(result.then((result) => handleArrayResult(result, payload, i)));
}
else {
handleArrayResult(result, payload, i);
if (abortEarly && result.issues.length !== 0 && aborted(result))
break;
}
}
if (proms.length) {
return Promise.all(proms).then(() => payload);
}
return payload;
};
capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
const isPresent = key in input;
const isOptionalOut = optout === "optional";
if (!isPresent && isOptionalOut && optin === "optional") {
return;
}
if (result.issues.length) {
if (optin !== undefined && isOptionalOut && !isPresent) {
return;
}
final.issues.push(...prefixIssues(key, result.issues));
}
if (!isPresent && optin === undefined) {
if (!result.issues.length) {
final.issues.push({
code: "invalid_type",
expected: "nonoptional",
input: undefined,
path: [key],
});
}
return;
}
if (result.value === undefined) {
if (isPresent || (optin === "defaulted" && !isOptionalOut)) {
final.value[key] = undefined;
}
}
else {
final.value[key] = result.value;
}
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
const keys = Object.keys(def.shape);
const ownSymbols = Object.getOwnPropertySymbols(def.shape);
const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
for (const k of allKeys) {
if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
}
}
const okeys = optionalKeys(def.shape);
return {
...def,
allKeys,
symbolKeys,
keySet: new Set(keys),
numKeys: keys.length,
optionalKeys: new Set(okeys),
};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
const unrecognized = [];
const keySet = def.keySet;
const _catchall = def.catchall._zod;
const t = _catchall.def.type;
const optin = _catchall.optin;
const optout = _catchall.optout;
let seen = 0;
for (const key in input) {
if (abortEarly && payload.issues.length !== seen) {
if (aborted(payload, seen))
break;
seen = payload.issues.length;
}
if (keySet.has(key))
continue;
if (key === "__proto__") {
if (t === "never")
unrecognized.push(key);
continue;
}
if (t === "never") {
unrecognized.push(key);
continue;
}
const r = _catchall.run({ value: input[key], issues: [] }, ctx);
if (r instanceof Promise) {
proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
}
else {
handlePropertyResult(r, payload, key, input, optin, optout);
}
}
if (unrecognized.length) {
payload.issues.push({
code: "unrecognized_keys",
keys: unrecognized,
input,
inst,
continue: true,
});
}
if (!proms.length)
return payload;
return Promise.all(proms).then(() => {
return payload;
});
}
const $ZodObject =   $constructor("$ZodObject", (inst, def) => {
$ZodType.init(inst, def);
const desc = Object.getOwnPropertyDescriptor(def, "shape");
const sh = desc?.get ? desc.get.raw : (def.shape ?? {});
if (sh) {
const get = () => {
const newSh = { ...sh };
Object.defineProperty(def, "shape", { value: newSh });
get.raw = newSh;
return newSh;
};
get.raw = sh;
Object.defineProperty(def, "shape", { get });
}
const _normalized = cached(() => normalizeDef(def));
defineLazyInternal(inst, "propValues", (zod) => {
const shape = zod.def.shape;
const propValues = {};
for (const key in shape) {
const field = shape[key]._zod;
if (field.values) {
if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
assignProp(propValues, key, new Set());
}
for (const v of field.values)
propValues[key].add(v);
if (field.optin !== undefined)
propValues[key].add(undefined);
}
}
return propValues;
});
const isObject$1 = isObject;
const catchall = def.catchall;
let value;
const memo = globalConfig.memoizer;
memo?.attach(inst);
inst._zod.parse = (payload, ctx) => {
value ?? (value = _normalized.value);
const input = payload.value;
if (!isObject$1(input)) {
payload.issues.push({
expected: "object",
code: "invalid_type",
input,
inst,
});
return payload;
}
payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
const proms = [];
const shape = value.shape;
const abortEarly = ctx?.abortEarly;
let seen = payload.issues.length;
for (const key of value.allKeys) {
if (abortEarly && payload.issues.length !== seen) {
if (aborted(payload, seen))
break;
seen = payload.issues.length;
}
if (key === "__proto__")
continue;
const el = shape[key];
const optin = el._zod.optin;
const optout = el._zod.optout;
const r = el._zod.run({ value: input[key], issues: [] }, ctx);
if (r instanceof Promise) {
proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
}
else {
handlePropertyResult(r, payload, key, input, optin, optout);
}
}
if (!catchall) {
return proms.length ? Promise.all(proms).then(() => payload) : payload;
}
return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
};
});
const $ZodObjectJIT =   $constructor("$ZodObjectJIT", (inst, def) => {
$ZodObject.init(inst, def);
const superParse = inst._zod.parse;
const _normalized = cached(() => normalizeDef(def));
const memo = globalConfig.memoizer;
const generateFastpass = (shape) => {
const normalized = _normalized.value;
const syms = normalized.symbolKeys;
const doc = new Doc(["payload", "ctx"], { shape, inst, memo, syms });
const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
doc.write(`const input = payload.value;`);
const ids = Object.create(null);
let counter = 0;
for (const key of normalized.allKeys) {
ids[key] = `key_${counter++}`;
}
doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
for (const key of normalized.allKeys) {
if (key === "__proto__")
continue;
const id = ids[key];
const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
const isPresent = `${k} in input`;
const schema = shape[key];
const optin = schema?._zod?.optin;
const isOptionalIn = optin !== undefined;
const isOptionalOut = schema?._zod?.optout === "optional";
doc.write(`const ${id} = ${parseStr(k)};`);
if (isOptionalIn && isOptionalOut) {
const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
}
else if (!isOptionalIn) {
doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
}
else {
doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
if (optin === "defaulted") {
doc.write(`newResult[${k}] = ${id}.value;`);
}
else {
doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
}
}
}
doc.write(`payload.value = newResult;`);
doc.write(`return payload;`);
return doc.compile();
};
let fastpass;
const isObject$1 = isObject;
const jit = !globalConfig.jitless;
const allowsEval$1 = allowsEval;
const fastEnabled = jit && allowsEval$1.value;
const catchall = def.catchall;
let value;
inst._zod.parse = (payload, ctx) => {
value ?? (value = _normalized.value);
const input = payload.value;
if (!isObject$1(input)) {
payload.issues.push({
expected: "object",
code: "invalid_type",
input,
inst,
});
return payload;
}
if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
if (!fastpass)
fastpass = generateFastpass(def.shape);
payload = fastpass(payload, ctx);
if (!catchall)
return payload;
return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
}
return superParse(payload, ctx);
};
});
function handleUnionResults(results, final, inst, ctx) {
for (const result of results) {
if (result.issues.length === 0) {
final.value = result.value;
return final;
}
}
const nonaborted = results.filter((r) => !aborted(r));
if (nonaborted.length === 1) {
final.value = nonaborted[0].value;
return nonaborted[0];
}
final.issues.push({
code: "invalid_union",
input: final.value,
inst,
errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config()))),
});
return final;
}
const $ZodUnion =   $constructor("$ZodUnion", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted")
? "defaulted"
: zod.def.options.some((o) => o._zod.optin !== undefined)
? "optional"
: undefined);
defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : undefined);
defineLazyInternal(inst, "values", (zod) => {
if (zod.def.options.every((o) => o._zod.values)) {
return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
}
return undefined;
});
defineLazyInternal(inst, "pattern", (zod) => {
if (zod.def.options.every((o) => o._zod.pattern)) {
const patterns = zod.def.options.map((o) => o._zod.pattern);
return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
}
return undefined;
});
const first = def.options.length === 1 ? def.options[0]._zod.run : null;
inst._zod.parse = (payload, ctx) => {
if (first) {
return first(payload, ctx);
}
let async = false;
const results = [];
for (const option of def.options) {
const result = option._zod.run({
value: payload.value,
issues: [],
}, ctx);
if (result instanceof Promise) {
results.push(result);
async = true;
}
else {
if (result.issues.length === 0)
return result;
results.push(result);
}
}
if (!async)
return handleUnionResults(results, payload, inst, ctx);
return Promise.all(results).then((results) => {
return handleUnionResults(results, payload, inst, ctx);
});
};
});
function discriminatorMap(def) {
const map = new Map();
for (const option of def.options) {
const values = option._zod.propValues?.[def.discriminator];
if (!values || values.size === 0)
throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
for (const value of values) {
if (map.has(value)) {
if (value !== undefined)
throw new Error(`Duplicate discriminator value "${String(value)}"`);
map.set(value, null);
}
else {
map.set(value, option);
}
}
}
return map;
}
const $ZodDiscriminatedUnion =
$constructor("$ZodDiscriminatedUnion", (inst, def) => {
def.inclusive = false;
$ZodUnion.init(inst, def);
const _super = inst._zod.parse;
defineLazyInternal(inst, "propValues", (zod) => {
const propValues = {};
let undefinedCount = 0;
for (const option of zod.def.options) {
const pv = option._zod.propValues;
if (!pv || Object.keys(pv).length === 0)
throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
if (pv[zod.def.discriminator]?.has(undefined))
undefinedCount++;
for (const [k, v] of Object.entries(pv)) {
if (!Object.prototype.hasOwnProperty.call(propValues, k)) {
assignProp(propValues, k, new Set());
}
for (const val of v) {
propValues[k].add(val);
}
}
}
if (!zod.def.unionFallback && undefinedCount > 1)
propValues[zod.def.discriminator]?.delete(undefined);
return propValues;
});
def.options.forEach((option, i) => {
const propShape = rawShape(option._zod.def);
if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) {
throw new Error(`Invalid discriminated union option at index "${i}"`);
}
});
const disc = cached(() => discriminatorMap(def));
inst._zod.parse = (payload, ctx) => {
const input = payload.value;
if (!isObject(input)) {
payload.issues.push({
code: "invalid_type",
expected: "object",
input,
inst,
});
return payload;
}
const value = input?.[def.discriminator];
const opt = disc.value.get(value);
if (opt && (value !== undefined || ctx.direction !== "backward")) {
return opt._zod.run(payload, ctx);
}
if (def.unionFallback || ctx.direction === "backward") {
return _super(payload, ctx);
}
payload.issues.push({
code: "invalid_union",
errors: [],
note: "No matching discriminator",
discriminator: def.discriminator,
options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
input,
path: [def.discriminator],
inst,
});
return payload;
};
});
const $ZodIntersection =   $constructor("$ZodIntersection", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.parse = (payload, ctx) => {
const input = payload.value;
const left = def.left._zod.run({ value: input, issues: [] }, ctx);
const right = def.right._zod.run({ value: input, issues: [] }, ctx);
const async = left instanceof Promise || right instanceof Promise;
if (async) {
return Promise.all([left, right]).then(([left, right]) => {
return handleIntersectionResults(payload, left, right);
});
}
return handleIntersectionResults(payload, left, right);
};
});
function mergeValues(a, b) {
if (a === b) {
return { valid: true, data: a };
}
if (a instanceof Date && b instanceof Date && +a === +b) {
return { valid: true, data: a };
}
if (isPlainObject$8(a) && isPlainObject$8(b)) {
const bKeys = Object.keys(b);
const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
const newObj = { ...a, ...b };
if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
delete newObj.__proto__;
for (const key of sharedKeys) {
if (key === "__proto__")
continue;
const sharedValue = mergeValues(a[key], b[key]);
if (!sharedValue.valid) {
return {
valid: false,
mergeErrorPath: [key, ...sharedValue.mergeErrorPath],
};
}
newObj[key] = sharedValue.data;
}
return { valid: true, data: newObj };
}
if (Array.isArray(a) && Array.isArray(b)) {
if (a.length !== b.length) {
return { valid: false, mergeErrorPath: [] };
}
const newArray = [];
for (let index = 0; index < a.length; index++) {
const itemA = a[index];
const itemB = b[index];
const sharedValue = mergeValues(itemA, itemB);
if (!sharedValue.valid) {
return {
valid: false,
mergeErrorPath: [index, ...sharedValue.mergeErrorPath],
};
}
newArray.push(sharedValue.data);
}
return { valid: true, data: newArray };
}
return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
const unrecKeys = new Map();
let unrecIssue;
const keyIssues = new Map();
const collect = (iss, side) => {
let keys;
if (iss.code === "unrecognized_keys" && !iss.path?.length) {
unrecIssue ?? (unrecIssue = iss);
keys = iss.keys;
}
else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
const k = String(iss.path[0]);
if (!keyIssues.has(k))
keyIssues.set(k, iss);
keys = [k];
}
else {
return false;
}
for (const k of keys) {
if (!unrecKeys.has(k))
unrecKeys.set(k, {});
unrecKeys.get(k)[side] = true;
}
return true;
};
for (const iss of left.issues) {
if (!collect(iss, "l"))
result.issues.push(iss);
}
for (const iss of right.issues) {
if (!collect(iss, "r"))
result.issues.push(iss);
}
const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
if (bothKeys.length) {
const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
if (aggregated.length)
result.issues.push({ ...unrecIssue, keys: aggregated });
for (const k of bothKeys) {
if (!aggregated.includes(k) && keyIssues.has(k))
result.issues.push(keyIssues.get(k));
}
}
const merged = mergeValues(left.value, right.value);
if (!merged.valid) {
if (aborted(result))
return result;
throw new Error(`Unmergable intersection. Error path: ` + `${JSON.stringify(merged.mergeErrorPath)}`);
}
result.value = merged.data;
return result;
}
const $ZodRecord =   $constructor("$ZodRecord", (inst, def) => {
$ZodType.init(inst, def);
const memo = globalConfig.memoizer;
memo?.attach(inst);
inst._zod.parse = (payload, ctx) => {
const input = payload.value;
if (!isPlainObject$8(input)) {
payload.issues.push({
expected: "record",
code: "invalid_type",
input,
inst,
});
return payload;
}
const proms = [];
const values = def.keyType._zod.values;
if (values && !def.partial) {
payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
const recordKeys = new Set();
for (const key of values) {
if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
recordKeys.add(typeof key === "number" ? key.toString() : key);
if (key === "__proto__")
continue;
const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
if (keyResult instanceof Promise) {
throw new Error("Async schemas not supported in object keys currently");
}
if (keyResult.issues.length) {
payload.issues.push({
code: "invalid_key",
origin: "record",
issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
input: key,
path: [key],
inst,
});
continue;
}
const outKey = keyResult.value;
if (outKey === "__proto__")
continue;
const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
if (result instanceof Promise) {
proms.push(result.then((result) => {
if (result.issues.length) {
payload.issues.push(...prefixIssues(key, result.issues));
}
payload.value[outKey] = result.value;
}));
}
else {
if (result.issues.length) {
payload.issues.push(...prefixIssues(key, result.issues));
}
payload.value[outKey] = result.value;
}
}
}
let unrecognized;
for (const key in input) {
if (!recordKeys.has(key)) {
if (def.mode === "loose") {
if (key === "__proto__")
continue;
payload.value[key] = input[key];
}
else {
unrecognized = unrecognized ?? [];
unrecognized.push(key);
}
}
}
if (unrecognized && unrecognized.length > 0) {
payload.issues.push({
code: "unrecognized_keys",
input,
inst,
keys: unrecognized,
continue: true,
});
}
}
else {
payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
let unrecognized;
for (const key of Reflect.ownKeys(input)) {
if (key === "__proto__")
continue;
if (!Object.prototype.propertyIsEnumerable.call(input, key))
continue;
let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
if (keyResult instanceof Promise) {
throw new Error("Async schemas not supported in object keys currently");
}
const checkNumericKey = typeof key === "string" && number$2.test(key) && keyResult.issues.length;
if (checkNumericKey) {
const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
if (retryResult instanceof Promise) {
throw new Error("Async schemas not supported in object keys currently");
}
if (retryResult.issues.length === 0) {
keyResult = retryResult;
}
}
if (keyResult.issues.length) {
if (def.mode === "loose") {
payload.value[key] = input[key];
}
else if (values) {
unrecognized = unrecognized ?? [];
unrecognized.push(key);
}
else {
payload.issues.push({
code: "invalid_key",
origin: "record",
issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
input: key,
path: [key],
inst,
});
}
continue;
}
const outKey = keyResult.value;
if (outKey === "__proto__")
continue;
const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
if (result instanceof Promise) {
proms.push(result.then((result) => {
if (result.issues.length) {
payload.issues.push(...prefixIssues(key, result.issues));
}
payload.value[outKey] = result.value;
}));
}
else {
if (result.issues.length) {
payload.issues.push(...prefixIssues(key, result.issues));
}
payload.value[outKey] = result.value;
}
}
if (unrecognized && unrecognized.length > 0) {
payload.issues.push({
code: "unrecognized_keys",
input,
inst,
keys: unrecognized,
continue: true,
});
}
}
if (proms.length) {
return Promise.all(proms).then(() => payload);
}
return payload;
};
});
const $ZodEnum =   $constructor("$ZodEnum", (inst, def) => {
$ZodType.init(inst, def);
const values = getEnumValues(def.entries);
const valuesSet = new Set(values);
inst._zod.values = valuesSet;
defineLazyInternal(inst, "pattern", (zod) => {
const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
});
inst._zod.parse = (payload, _ctx) => {
const input = payload.value;
if (valuesSet.has(input)) {
return payload;
}
payload.issues.push({
code: "invalid_value",
values,
input,
inst,
});
return payload;
};
});
const $ZodLiteral =   $constructor("$ZodLiteral", (inst, def) => {
$ZodType.init(inst, def);
const values = new Set(def.values);
inst._zod.values = values;
defineLazyInternal(inst, "pattern", (zod) => {
const vals = zod.def.values;
return new RegExp(vals.length
? `^(${vals
.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o))
.join("|")})$`
: "^[^\\s\\S]$");
});
inst._zod.parse = (payload, _ctx) => {
const input = payload.value;
if (values.has(input)) {
return payload;
}
payload.issues.push({
code: "invalid_value",
values: def.values,
input,
inst,
});
return payload;
};
});
const $ZodTransform =   $constructor("$ZodTransform", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.optin = "optional";
globalConfig.memoizer?.guard(inst);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
throw new $ZodEncodeError(inst.constructor.name);
}
const _out = def.transform(payload.value, payload);
if (ctx.async) {
const output = _out instanceof Promise ? _out : Promise.resolve(_out);
return output.then((output) => {
payload.value = output;
return payload;
});
}
if (_out instanceof Promise) {
throw new $ZodAsyncError();
}
payload.value = _out;
return payload;
};
});
function handleOptionalResult(payload, result) {
payload.value = result.issues.length ? undefined : result.value;
return payload;
}
const $ZodOptional =   $constructor("$ZodOptional", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
inst._zod.optout = "optional";
defineLazyInternal(inst, "values", (zod) => {
const values = zod.def.innerType._zod.values;
return values ? new Set([...values, undefined]) : undefined;
});
defineLazyInternal(inst, "pattern", (zod) => {
const pattern = zod.def.innerType._zod.pattern;
return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : undefined;
});
inst._zod.parse = (payload, ctx) => {
if (payload.value === undefined) {
if (def.innerType._zod.optin !== "defaulted")
return payload;
const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
if (result instanceof Promise)
return result.then((result) => handleOptionalResult(payload, result));
return handleOptionalResult(payload, result);
}
return def.innerType._zod.run(payload, ctx);
};
});
const $ZodExactOptional =   $constructor("$ZodExactOptional", (inst, def) => {
$ZodOptional.init(inst, def);
defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
inst._zod.parse = (payload, ctx) => {
return def.innerType._zod.run(payload, ctx);
};
});
const $ZodNullable =   $constructor("$ZodNullable", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
defineLazyInternal(inst, "pattern", (zod) => {
const pattern = zod.def.innerType._zod.pattern;
return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : undefined;
});
defineLazyInternal(inst, "values", (zod) => {
return zod.def.innerType._zod.values ? new Set([...zod.def.innerType._zod.values, null]) : undefined;
});
inst._zod.parse = (payload, ctx) => {
if (payload.value === null)
return payload;
return def.innerType._zod.run(payload, ctx);
};
});
const $ZodDefault =   $constructor("$ZodDefault", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.optin = "defaulted";
defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
return def.innerType._zod.run(payload, ctx);
}
if (payload.value === undefined) {
payload.value = def.defaultValue;
return payload;
}
const result = def.innerType._zod.run(payload, ctx);
if (result instanceof Promise) {
return result.then((result) => handleDefaultResult(result, def));
}
return handleDefaultResult(result, def);
};
});
function handleDefaultResult(payload, def) {
if (payload.value === undefined) {
payload.value = def.defaultValue;
}
return payload;
}
const $ZodPrefault =   $constructor("$ZodPrefault", (inst, def) => {
$ZodType.init(inst, def);
inst._zod.optin = "defaulted";
defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
return def.innerType._zod.run(payload, ctx);
}
if (payload.value === undefined) {
payload.value = def.defaultValue;
}
return def.innerType._zod.run(payload, ctx);
};
});
const $ZodNonOptional =   $constructor("$ZodNonOptional", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "values", (zod) => {
const v = zod.def.innerType._zod.values;
return v ? new Set([...v].filter((x) => x !== undefined)) : undefined;
});
inst._zod.parse = (payload, ctx) => {
const result = def.innerType._zod.run(payload, ctx);
if (result instanceof Promise) {
return result.then((result) => handleNonOptionalResult(result, inst));
}
return handleNonOptionalResult(result, inst);
};
});
function handleNonOptionalResult(payload, inst) {
if (!payload.issues.length && payload.value === undefined) {
payload.issues.push({
code: "invalid_type",
expected: "nonoptional",
input: payload.value,
inst,
});
}
return payload;
}
function handleCatchResult(payload, result, def, ctx) {
if (!result.issues.length) {
payload.value = result.value;
if (result.memo)
payload.memo = true;
return payload;
}
payload.value = def.catchValue({
...result,
value: payload.value,
error: {
issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())),
},
input: payload.value,
});
return payload;
}
const $ZodCatch =   $constructor("$ZodCatch", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
return def.innerType._zod.run(payload, ctx);
}
const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
if (result instanceof Promise) {
return result.then((result) => handleCatchResult(payload, result, def, ctx));
}
return handleCatchResult(payload, result, def, ctx);
};
});
const $ZodPipe =   $constructor("$ZodPipe", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
const right = def.out._zod.run(payload, ctx);
if (right instanceof Promise) {
return right.then((right) => handlePipeResult(right, def.in, ctx));
}
return handlePipeResult(right, def.in, ctx);
}
const left = def.in._zod.run(payload, ctx);
if (left instanceof Promise) {
return left.then((left) => handlePipeResult(left, def.out, ctx));
}
return handlePipeResult(left, def.out, ctx);
};
});
function handlePipeResult(left, next, ctx) {
if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
left.aborted = true;
return left;
}
return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
const $ZodPreprocess =   $constructor("$ZodPreprocess", (inst, def) => {
$ZodPipe.init(inst, def);
});
const $ZodReadonly =   $constructor("$ZodReadonly", (inst, def) => {
$ZodType.init(inst, def);
defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
inst._zod.parse = (payload, ctx) => {
if (ctx.direction === "backward") {
return def.innerType._zod.run(payload, ctx);
}
const result = def.innerType._zod.run(payload, ctx);
if (result instanceof Promise) {
return result.then(handleReadonlyResult);
}
return handleReadonlyResult(result);
};
});
function handleReadonlyResult(payload) {
if (!payload.memo)
payload.value = Object.freeze(payload.value);
return payload;
}
const $ZodLazy =   $constructor("$ZodLazy", (inst, def) => {
$ZodType.init(inst, def);
defineLazy(inst._zod, "innerType", () => {
const d = def;
if (!d._cachedInner)
d._cachedInner = def.getter();
return d._cachedInner;
});
defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? undefined);
defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? undefined);
inst._zod.parse = (payload, ctx) => {
const inner = inst._zod.innerType;
return inner._zod.run(payload, ctx);
};
});
const $ZodCustom =   $constructor("$ZodCustom", (inst, def) => {
$ZodCheck.init(inst, def);
$ZodType.init(inst, def);
inst._zod.parse = (payload, _) => {
return payload;
};
inst._zod.check = (payload) => {
const input = payload.value;
const r = def.fn(input);
if (r instanceof Promise) {
return r.then((r) => handleRefineResult(r, payload, input, inst));
}
handleRefineResult(r, payload, input, inst);
return;
};
});
function handleRefineResult(result, payload, input, inst) {
if (!result) {
const _iss = {
code: "custom",
input,
inst,
path: [...(inst._zod.def.path ?? [])],
continue: !inst._zod.def.abort,
};
if (inst._zod.def.params)
_iss.params = inst._zod.def.params;
payload.issues.push(issue(_iss));
}
}
class $ZodCyclicError extends Error {
constructor() {
super(`Cannot parse a reference cycle that closes through a transform`);
this.name = "ZodCyclicError";
}
}
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
return issues.map((iss) => (iss.path ? { ...iss, path: iss.path.slice() } : { ...iss }));
}
const recursive =   new WeakMap();
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
function isRecursive(inst, stack, resolve) {
const cached = recursive.get(inst);
if (cached !== undefined)
return cached ? PROVEN : NONE;
if (stack.has(inst))
return PROVEN;
stack.add(inst);
let result = NONE;
const check = (child) => {
if (result !== PROVEN && child?._zod) {
const answer = isRecursive(child, stack);
if (answer > result)
result = answer;
}
};
const shape = (sh, spread) => {
let answer = NONE;
for (const key of Reflect.ownKeys(sh)) {
const desc = Object.getOwnPropertyDescriptor(sh, key);
if (!desc.enumerable)
continue;
const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack) : NONE;
if (child > answer)
answer = child;
}
return answer;
};
const merge = (answer) => {
if (answer > result)
result = answer;
};
const def = inst._zod.def;
const kind = def.type;
switch (kind) {
case "object": {
const raw = rawShape(def);
merge(raw ? shape(raw) : ASSUMED);
check(def.catchall);
break;
}
case "array":
check(def.element);
break;
case "tuple":
for (const el of def.items)
check(el);
check(def.rest);
break;
case "record":
case "map":
check(def.keyType);
check(def.valueType);
break;
case "set":
check(def.valueType);
break;
case "union":
for (const el of def.options)
check(el);
break;
case "intersection":
check(def.left);
check(def.right);
break;
case "optional":
case "nullable":
case "default":
case "prefault":
case "catch":
case "readonly":
case "nonoptional":
case "promise":
case "success":
check(def.innerType);
break;
case "pipe":
check(def.in);
check(def.out);
break;
case "function":
check(def.input);
check(def.output);
break;
case "lazy": {
const inner = def._cachedInner ?? (undefined);
merge(inner ? isRecursive(inner, stack) : ASSUMED);
break;
}
case "template_literal":
case "string":
case "number":
case "int":
case "boolean":
case "bigint":
case "symbol":
case "undefined":
case "null":
case "void":
case "never":
case "any":
case "unknown":
case "date":
case "nan":
case "enum":
case "literal":
case "file":
case "transform":
case "custom":
break;
default: {
for (const key in def) {
const desc = Object.getOwnPropertyDescriptor(def, key);
if (!desc || desc.get)
continue;
const value = desc.value;
if (!value || typeof value !== "object")
continue;
if (value._zod)
check(value);
else if (Array.isArray(value))
for (const el of value)
check(el);
}
}
}
stack.delete(inst);
return settle(inst, result);
}
function settle(inst, answer) {
if (answer !== ASSUMED)
recursive.set(inst, answer === PROVEN);
return answer;
}
function bucketFor(state, inst) {
let bucket = state.buckets.get(inst);
if (!bucket) {
bucket = new WeakMap();
state.buckets.set(inst, bucket);
}
return bucket;
}
let handoff;
const open = [];
const memo$2 = {
alloc(_inst, payload, empty) {
const bucket = handoff;
if (!bucket)
return empty;
handoff = undefined;
const entry = { value: empty, issues: null };
bucket.set(payload.value, entry);
open.push(entry);
return empty;
},
guard(inst) {
var _a;
(_a = inst._zod).deferred ?? (_a.deferred = []);
inst._zod.deferred.push(() => {
const base = inst._zod.parse;
const wrapped = (payload, ctx) => {
if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
throw new $ZodCyclicError();
return base(payload, ctx);
};
inst._zod.parse = wrapped;
if (inst._zod.run === base)
inst._zod.run = wrapped;
});
},
attach(inst) {
var _a;
let isRecursiveInst;
let rechecked = false;
let lastCtx;
let lastBucket;
(_a = inst._zod).deferred ?? (_a.deferred = []);
inst._zod.deferred.push(() => {
const base = inst._zod.parse;
const wrapped = (payload, ctx) => {
if (isRecursiveInst === undefined) {
const walked = isRecursive(inst, new Set());
if (walked === NONE) {
inst._zod.parse = base;
if (inst._zod.run === wrapped)
inst._zod.run = base;
return base(payload, ctx);
}
if (walked === PROVEN || rechecked)
isRecursiveInst = true;
else
rechecked = true;
}
const input = payload.value;
if (!isRef(input))
return base(payload, ctx);
let state = ctx[STATE];
if (!state) {
state = { buckets: new WeakMap(), backEdges: undefined };
ctx[STATE] = state;
}
let bucket;
if (lastCtx === ctx) {
bucket = lastBucket;
}
else {
bucket = bucketFor(state, inst);
lastCtx = ctx;
lastBucket = bucket;
}
const hit = bucket.get(input);
if (hit) {
payload.value = hit.value;
if (hit.issues) {
if (hit.issues.length)
payload.issues.push(...cloneIssues(hit.issues));
}
else {
payload.memo = true;
state.backEdges ?? (state.backEdges = new WeakSet());
state.backEdges.add(hit.value);
}
return payload;
}
handoff = bucket;
const depth = open.length;
const result = base(payload, ctx);
handoff = undefined;
const entry = open.length > depth ? open.pop() : undefined;
if (result instanceof Promise) {
return result.then((r) => {
if (entry)
entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
return r;
});
}
if (entry)
entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
return result;
};
inst._zod.parse = wrapped;
if (inst._zod.run === base)
inst._zod.run = wrapped;
});
},
};
function memoizer() {
return memo$2;
}
function isBackEdge(ctx, value) {
const backEdges = ctx[STATE]?.backEdges;
return backEdges !== undefined && isRef(value) && backEdges.has(value);
}
const error = () => {
const Sizable = {
string: { unit: "characters", verb: "to have" },
file: { unit: "bytes", verb: "to have" },
array: { unit: "items", verb: "to have" },
set: { unit: "items", verb: "to have" },
map: { unit: "entries", verb: "to have" },
};
function getSizing(origin) {
return Sizable[origin] ?? null;
}
const FormatDictionary = {
regex: "input",
email: "email address",
url: "URL",
emoji: "emoji",
uuid: "UUID",
uuidv4: "UUIDv4",
uuidv6: "UUIDv6",
nanoid: "nanoid",
guid: "GUID",
cuid: "cuid",
cuid2: "cuid2",
ulid: "ULID",
xid: "XID",
ksuid: "KSUID",
datetime: "ISO datetime",
date: "ISO date",
time: "ISO time",
duration: "ISO duration",
ipv4: "IPv4 address",
ipv6: "IPv6 address",
mac: "MAC address",
cidrv4: "IPv4 range",
cidrv6: "IPv6 range",
base64: "base64-encoded string",
base64url: "base64url-encoded string",
json_string: "JSON string",
e164: "E.164 number",
currency_code: "currency code",
credit_card: "credit card number",
iban: "IBAN",
jwt: "JWT",
template_literal: "input",
};
const TypeDictionary = {
nan: "NaN",
};
function getTypeName(type, input) {
if (type === "number" && typeof input === "number" && !Number.isFinite(input)) {
return String(input);
}
return TypeDictionary[type] ?? type;
}
return (issue) => {
switch (issue.code) {
case "invalid_type": {
const expected = getTypeName(issue.expected);
const receivedType = parsedType(issue.input);
const received = getTypeName(receivedType, issue.input);
return `Invalid input: expected ${expected}, received ${received}`;
}
case "invalid_value":
if (issue.values.length === 1)
return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
case "too_big": {
const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
const sizing = getSizing(issue.origin);
if (sizing)
return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
}
case "too_small": {
const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
const sizing = getSizing(issue.origin);
if (sizing) {
return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
}
return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
}
case "invalid_format": {
const _issue = issue;
if (_issue.format === "starts_with") {
return `Invalid string: must start with "${_issue.prefix}"`;
}
if (_issue.format === "ends_with")
return `Invalid string: must end with "${_issue.suffix}"`;
if (_issue.format === "includes")
return `Invalid string: must include "${_issue.includes}"`;
if (_issue.format === "regex")
return `Invalid string: must match pattern ${_issue.pattern}`;
return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
}
case "not_multiple_of":
return `Invalid number: must be a multiple of ${issue.divisor}`;
case "unrecognized_keys":
return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
case "invalid_key":
return `Invalid key in ${issue.origin}`;
case "invalid_union":
if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) {
const opts = issue.options.map((o) => `'${o}'`).join(" | ");
return `Invalid discriminator value. Expected ${opts}`;
}
if (issue.inclusive === false) {
return "Invalid input: more than one option matched";
}
return "Invalid input";
case "invalid_element":
return `Invalid value in ${issue.origin}`;
default:
return `Invalid input`;
}
};
};
function en () {
return {
localeError: error(),
};
}
var _a;
class $ZodRegistry {
constructor() {
this._map = new WeakMap();
this._idmap = new Map();
}
add(schema, ..._meta) {
const meta = _meta[0];
this._map.set(schema, meta);
if (meta && typeof meta === "object" && "id" in meta) {
this._idmap.set(meta.id, schema);
}
return this;
}
clear() {
this._map = new WeakMap();
this._idmap = new Map();
return this;
}
remove(schema) {
const meta = this._map.get(schema);
if (meta && typeof meta === "object" && "id" in meta) {
this._idmap.delete(meta.id);
}
this._map.delete(schema);
return this;
}
get(schema) {
const p = schema._zod.parent;
if (p) {
const pm = { ...(this.get(p) ?? {}) };
delete pm.id;
const f = { ...pm, ...this._map.get(schema) };
return Object.keys(f).length ? f : undefined;
}
return this._map.get(schema);
}
has(schema) {
return this._map.has(schema);
}
}
function registry() {
return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;
function snapshotChecks(def) {
if (def.checks)
def.checks = [...def.checks];
return def;
}
function _string(Class, params) {
return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
function _email(Class, params) {
return new Class({
type: "string",
format: "email",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _guid(Class, params) {
return new Class({
type: "string",
format: "guid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _uuid(Class, params) {
return new Class({
type: "string",
format: "uuid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _uuidv4(Class, params) {
return new Class({
type: "string",
format: "uuid",
check: "string_format",
abort: false,
version: "v4",
...normalizeParams(params),
});
}
function _uuidv6(Class, params) {
return new Class({
type: "string",
format: "uuid",
check: "string_format",
abort: false,
version: "v6",
...normalizeParams(params),
});
}
function _uuidv7(Class, params) {
return new Class({
type: "string",
format: "uuid",
check: "string_format",
abort: false,
version: "v7",
...normalizeParams(params),
});
}
function _url(Class, params) {
return new Class({
type: "string",
format: "url",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _emoji(Class, params) {
return new Class({
type: "string",
format: "emoji",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _nanoid(Class, params) {
return new Class({
type: "string",
format: "nanoid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _cuid(Class, params) {
return new Class({
type: "string",
format: "cuid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _cuid2(Class, params) {
return new Class({
type: "string",
format: "cuid2",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _ulid(Class, params) {
return new Class({
type: "string",
format: "ulid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _xid(Class, params) {
return new Class({
type: "string",
format: "xid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _ksuid(Class, params) {
return new Class({
type: "string",
format: "ksuid",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _ipv4(Class, params) {
return new Class({
type: "string",
format: "ipv4",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _ipv6(Class, params) {
return new Class({
type: "string",
format: "ipv6",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _cidrv4(Class, params) {
return new Class({
type: "string",
format: "cidrv4",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _cidrv6(Class, params) {
return new Class({
type: "string",
format: "cidrv6",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _base64(Class, params) {
return new Class({
type: "string",
format: "base64",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _base64url(Class, params) {
return new Class({
type: "string",
format: "base64url",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _e164(Class, params) {
return new Class({
type: "string",
format: "e164",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _jwt(Class, params) {
return new Class({
type: "string",
format: "jwt",
check: "string_format",
abort: false,
...normalizeParams(params),
});
}
function _isoDateTime(Class, params) {
return new Class({
type: "string",
format: "datetime",
check: "string_format",
offset: false,
local: false,
precision: null,
...normalizeParams(params),
});
}
function _isoDate(Class, params) {
return new Class({
type: "string",
format: "date",
check: "string_format",
...normalizeParams(params),
});
}
function _isoTime(Class, params) {
return new Class({
type: "string",
format: "time",
check: "string_format",
precision: null,
...normalizeParams(params),
});
}
function _isoDuration(Class, params) {
return new Class({
type: "string",
format: "duration",
check: "string_format",
...normalizeParams(params),
});
}
function _number(Class, params) {
return new Class(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
function _coercedNumber(Class, params) {
return new Class(snapshotChecks({ type: "number", coerce: true, checks: [], ...normalizeParams(params) }));
}
function _int(Class, params) {
return new Class({
type: "number",
check: "number_format",
abort: false,
format: "safeint",
...normalizeParams(params),
});
}
function _boolean(Class, params) {
return new Class({
type: "boolean",
...normalizeParams(params),
});
}
function _null$1(Class, params) {
return new Class({
type: "null",
...normalizeParams(params),
});
}
function _any(Class) {
return new Class({
type: "any",
});
}
function _unknown(Class) {
return new Class({
type: "unknown",
});
}
function _never(Class, params) {
return new Class({
type: "never",
...normalizeParams(params),
});
}
function _lt(value, params) {
return new $ZodCheckLessThan({
check: "less_than",
...normalizeParams(params),
value,
inclusive: false,
});
}
function _lte(value, params) {
return new $ZodCheckLessThan({
check: "less_than",
...normalizeParams(params),
value,
inclusive: true,
});
}
function _gt(value, params) {
return new $ZodCheckGreaterThan({
check: "greater_than",
...normalizeParams(params),
value,
inclusive: false,
});
}
function _gte(value, params) {
return new $ZodCheckGreaterThan({
check: "greater_than",
...normalizeParams(params),
value,
inclusive: true,
});
}
function _multipleOf(value, params) {
return new $ZodCheckMultipleOf({
check: "multiple_of",
...normalizeParams(params),
value,
});
}
function _maxLength(maximum, params) {
const ch = new $ZodCheckMaxLength({
check: "max_length",
...normalizeParams(params),
maximum,
});
return ch;
}
function _minLength(minimum, params) {
return new $ZodCheckMinLength({
check: "min_length",
...normalizeParams(params),
minimum,
});
}
function _length(length, params) {
return new $ZodCheckLengthEquals({
check: "length_equals",
...normalizeParams(params),
length,
});
}
function _regex(pattern, params) {
return new $ZodCheckRegex({
check: "string_format",
format: "regex",
...normalizeParams(params),
pattern,
});
}
function _lowercase(params) {
return new $ZodCheckLowerCase({
check: "string_format",
format: "lowercase",
...normalizeParams(params),
});
}
function _uppercase(params) {
return new $ZodCheckUpperCase({
check: "string_format",
format: "uppercase",
...normalizeParams(params),
});
}
function _includes(includes, params) {
return new $ZodCheckIncludes({
check: "string_format",
format: "includes",
...normalizeParams(params),
includes,
});
}
function _startsWith(prefix, params) {
return new $ZodCheckStartsWith({
check: "string_format",
format: "starts_with",
...normalizeParams(params),
prefix,
});
}
function _endsWith(suffix, params) {
return new $ZodCheckEndsWith({
check: "string_format",
format: "ends_with",
...normalizeParams(params),
suffix,
});
}
function _overwrite(tx) {
return new $ZodCheckOverwrite({
check: "overwrite",
tx,
});
}
function _normalize(form) {
return _overwrite((input) => input.normalize(form));
}
function _trim() {
return _overwrite((input) => input.trim());
}
function _toLowerCase() {
return _overwrite((input) => input.toLowerCase());
}
function _toUpperCase() {
return _overwrite((input) => input.toUpperCase());
}
function _slugify() {
return _overwrite((input) => slugify(input));
}
function _array(Class, element, params) {
return new Class({
type: "array",
element,
...normalizeParams(params),
});
}
function _refine(Class, fn, _params) {
const schema = new Class({
type: "custom",
check: "custom",
fn: fn,
...normalizeParams(_params),
});
return schema;
}
function _superRefine(fn, params) {
const ch = _check((payload) => {
payload.addIssue = (issue$1) => {
if (typeof issue$1 === "string") {
payload.issues.push(issue(issue$1, payload.value, ch._zod.def));
}
else {
const _issue = issue$1;
if (_issue.fatal)
_issue.continue = false;
_issue.code ?? (_issue.code = "custom");
if (!("input" in _issue))
_issue.input = payload.value;
_issue.inst ?? (_issue.inst = ch);
_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
payload.issues.push(issue(_issue));
}
};
return fn(payload.value, payload);
}, params);
return ch;
}
function _check(fn, params) {
const ch = new $ZodCheck({
check: "custom",
...normalizeParams(params),
});
ch._zod.check = fn;
return ch;
}
function assignProps(target, ...sources) {
for (const source of sources) {
for (const key of Reflect.ownKeys(source)) {
if (Object.prototype.propertyIsEnumerable.call(source, key)) {
assignProp(target, key, source[key]);
}
}
}
return target;
}
function initializeContext(params) {
let target = params?.target ?? "draft-2020-12";
if (target === "draft-4")
target = "draft-04";
if (target === "draft-7")
target = "draft-07";
return {
processors: params.processors ?? {},
metadataRegistry: params?.metadata ?? globalRegistry,
target,
unrepresentable: params?.unrepresentable ?? "throw",
override: params?.override ?? (() => { }),
io: params?.io ?? "output",
counter: 0,
seen: new Map(),
sharedDefsExtractedFor: undefined,
sharedEmitDoneFor: undefined,
cycles: params?.cycles ?? "ref",
reused: params?.reused ?? "inline",
intersections: [],
deferred: [],
external: params?.external ?? undefined,
};
}
function handleUnrepresentable(schema, ctx, json, params, message) {
const result = typeof ctx.unrepresentable === "function"
? ctx.unrepresentable({ zodSchema: schema, path: params.path, message })
: ctx.unrepresentable;
if (result === "any")
return false;
if (result === undefined || result === "throw")
throw new Error(message);
Object.assign(json, result);
return true;
}
function processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
var _a;
const def = schema._zod.def;
const seen = ctx.seen.get(schema);
if (seen) {
seen.count++;
const isCycle = _params.schemaPath.includes(schema);
if (isCycle) {
seen.cycle = _params.path;
}
return seen.schema;
}
const result = { schema: {}, count: 1, cycle: undefined, path: _params.path };
ctx.seen.set(schema, result);
ctx.sharedDefsExtractedFor = undefined;
ctx.sharedEmitDoneFor = undefined;
const overrideSchema = schema._zod.toJSONSchema?.();
if (overrideSchema) {
result.schema = overrideSchema;
}
else {
const params = {
..._params,
schemaPath: [..._params.schemaPath, schema],
path: _params.path,
};
if (schema._zod.processJSONSchema) {
schema._zod.processJSONSchema(ctx, result.schema, params);
}
else {
const _json = result.schema;
const processor = ctx.processors[def.type];
if (!processor) {
throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
}
processor(schema, ctx, _json, params);
}
const parent = schema._zod.parent;
if (parent) {
if (!result.ref)
result.ref = parent;
processSchema(parent, ctx, params);
ctx.seen.get(parent).isParent = true;
}
}
const meta = ctx.metadataRegistry.get(schema);
if (meta)
assignProps(result.schema, meta);
if (ctx.io === "input" && isTransforming(schema)) {
delete result.schema.examples;
delete result.schema.default;
}
if (ctx.io === "input" && "_prefault" in result.schema)
(_a = result.schema).default ?? (_a.default = result.schema._prefault);
delete result.schema._prefault;
const _result = ctx.seen.get(schema);
return _result.schema;
}
function encodeJSONPointerSegment(segment) {
return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema
) {
const root = ctx.seen.get(schema);
if (!root)
throw new Error("Unprocessed schema. This is a bug in Zod.");
if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
return;
const idToSchema = new Map();
for (const entry of ctx.seen.entries()) {
const id = ctx.metadataRegistry.get(entry[0])?.id;
if (id) {
const existing = idToSchema.get(id);
if (existing && existing !== entry[0]) {
throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
}
idToSchema.set(id, entry[0]);
}
}
const makeURI = (entry) => {
const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
if (ctx.external) {
const externalId = ctx.external.registry.get(entry[0])?.id;
const uriGenerator = ctx.external.uri ?? ((id) => id);
if (externalId) {
return { ref: uriGenerator(externalId) };
}
const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
entry[1].defId = id;
return { defId: id, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}` };
}
const uriPrefix = `#`;
const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
if (entry[1] === root && !entry[1].schema.id) {
return { ref: uriPrefix };
}
const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
};
const extractToDef = (entry) => {
if (entry[1].schema.$ref) {
return;
}
const seen = entry[1];
const { ref, defId } = makeURI(entry);
seen.def = { ...seen.schema };
if (defId)
seen.defId = defId;
const schema = seen.schema;
for (const key in schema) {
delete schema[key];
}
schema.$ref = ref;
};
if (ctx.cycles === "throw") {
for (const entry of ctx.seen.entries()) {
const seen = entry[1];
if (seen.cycle) {
throw new Error("Cycle detected: " +
`#/${seen.cycle?.join("/")}/<root>` +
'\n\nSet the `cycles` parameter to `"ref"` to resolve cyclical schemas with defs.');
}
}
}
for (const entry of ctx.seen.entries()) {
const seen = entry[1];
if (schema === entry[0]) {
extractToDef(entry);
continue;
}
if (ctx.external) {
const ext = ctx.external.registry.get(entry[0])?.id;
if (schema !== entry[0] && ext) {
extractToDef(entry);
continue;
}
}
const id = ctx.metadataRegistry.get(entry[0])?.id;
if (id) {
extractToDef(entry);
continue;
}
if (seen.cycle) {
extractToDef(entry);
continue;
}
if (seen.count > 1) {
if (ctx.reused === "ref") {
extractToDef(entry);
}
}
}
if (ctx.external)
ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
const options = schema.anyOf;
if (!Array.isArray(options) || options.length === 0 || schema.type !== undefined)
return;
const types = [];
for (const option of options) {
if (!option || typeof option !== "object")
return;
compactTypeUnion(option);
const keys = Object.keys(option);
if (keys.length !== 1 || keys[0] !== "type")
return;
const type = option.type;
for (const member of Array.isArray(type) ? type : [type]) {
if (typeof member !== "string")
return;
if (!types.includes(member))
types.push(member);
}
}
delete schema.anyOf;
schema.type = types.length === 1 ? types[0] : types;
}
const FOLDABLE_KEYS = new Set(["type", "properties", "required", "additionalProperties"]);
const UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
const extra = member.additionalProperties;
if (extra === undefined || extra === false || typeof extra !== "object" || extra === null)
return null;
return Object.keys(extra).length ? extra : null;
}
function foldObjects(members) {
const objects = [];
for (const member of members) {
if (typeof member !== "object" || member.type !== "object")
return null;
for (const key in member) {
if (!FOLDABLE_KEYS.has(key))
return null;
}
objects.push(member);
}
const properties = {};
const required = new Set();
for (const object of objects) {
for (const key in object.properties) {
if (Object.prototype.hasOwnProperty.call(properties, key))
continue;
const parts = [];
for (const other of objects) {
const part = other.properties?.[key] ?? undeclaredConstraint(other);
if (part === null || part === undefined)
continue;
if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part)))
parts.push(part);
}
const merged = parts.length === 1
? parts[0]
: (foldObjects(parts) ?? { allOf: parts });
assignProp(properties, key, merged);
}
for (const key of object.required ?? [])
required.add(key);
}
const folded = { type: "object", properties };
if (required.size)
folded.required = [...required];
if (objects.every((object) => object.additionalProperties === false)) {
folded.additionalProperties = false;
}
else {
const constraints = [];
for (const object of objects) {
const constraint = undeclaredConstraint(object);
if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
constraints.push(constraint);
}
if (constraints.length === 1)
folded.additionalProperties = constraints[0];
else if (constraints.length > 1)
folded.additionalProperties = { allOf: constraints };
}
return folded;
}
function foldIntersection(json) {
const allOf = json.allOf;
if (!Array.isArray(allOf) || allOf.length < 2)
return;
for (const key of FOLDABLE_KEYS)
if (key in json)
return;
const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
let folded = null;
if (!unions.length) {
folded = foldObjects(allOf);
}
else {
const union = unions[0];
const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
if (Object.keys(union).length !== 1)
return;
const rest = allOf.filter((m) => m !== union);
const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
if (branches.some((b) => !b))
return;
folded = { [keyword]: branches };
}
if (!folded)
return;
delete json.allOf;
assignProps(json, folded);
}
function finalize(ctx, schema) {
const root = ctx.seen.get(schema);
if (!root)
throw new Error("Unprocessed schema. This is a bug in Zod.");
const flattenRef = (zodSchema) => {
const seen = ctx.seen.get(zodSchema);
if (seen.ref === null)
return;
const schema = seen.def ?? seen.schema;
const _cached = { ...schema };
const ref = seen.ref;
seen.ref = null;
if (ref) {
flattenRef(ref);
const refSeen = ctx.seen.get(ref);
const refSchema = refSeen.schema;
if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
schema.allOf = schema.allOf ?? [];
schema.allOf.push(refSchema);
}
else {
assignProps(schema, refSchema);
}
assignProps(schema, _cached);
const isParentRef = zodSchema._zod.parent === ref;
if (isParentRef) {
for (const key in schema) {
if (key === "$ref" || key === "allOf")
continue;
if (!(key in _cached)) {
delete schema[key];
}
}
}
if (refSchema.$ref && refSeen.def) {
for (const key in schema) {
if (key === "$ref" || key === "allOf")
continue;
if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) {
delete schema[key];
}
}
}
}
const parent = zodSchema._zod.parent;
if (parent && parent !== ref) {
flattenRef(parent);
const parentSeen = ctx.seen.get(parent);
if (parentSeen?.schema.$ref) {
schema.$ref = parentSeen.schema.$ref;
if (parentSeen.def) {
for (const key in schema) {
if (key === "$ref" || key === "allOf")
continue;
if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) {
delete schema[key];
}
}
}
}
}
ctx.override({
zodSchema: zodSchema,
jsonSchema: schema,
path: seen.path ?? [],
});
};
if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
for (const entry of [...ctx.seen.entries()].reverse()) {
flattenRef(entry[0]);
}
if (ctx.target !== "openapi-3.0") {
for (const entry of ctx.seen.entries()) {
compactTypeUnion(entry[1].def ?? entry[1].schema);
}
}
for (const rewrite of ctx.deferred)
rewrite();
if (ctx.intersections.length) {
const carriers = new Map();
for (const seen of ctx.seen.values()) {
for (const json of [seen.schema, seen.def]) {
const allOf = json?.allOf;
if (!Array.isArray(allOf))
continue;
const existing = carriers.get(allOf);
if (existing)
existing.push(json);
else
carriers.set(allOf, [json]);
}
}
for (const allOf of ctx.intersections) {
for (const json of carriers.get(allOf) ?? [])
foldIntersection(json);
}
}
}
const result = {};
if (ctx.target === "draft-2020-12") {
result.$schema = "https://json-schema.org/draft/2020-12/schema";
}
else if (ctx.target === "draft-07") {
result.$schema = "http://json-schema.org/draft-07/schema#";
}
else if (ctx.target === "draft-04") {
result.$schema = "http://json-schema.org/draft-04/schema#";
}
else if (ctx.target === "openapi-3.0") ;
else ;
if (ctx.external?.uri) {
const id = ctx.external.registry.get(schema)?.id;
if (!id)
throw new Error("Schema is missing an `id` property");
result.$id = ctx.external.uri(id);
}
assignProps(result, root.defId ? root.schema : (root.def ?? root.schema));
const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
if (rootMetaId !== undefined && result.id === rootMetaId)
delete result.id;
const defs = ctx.external?.defs ?? {};
if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
for (const entry of ctx.seen.entries()) {
const seen = entry[1];
if (seen.def && seen.defId) {
if (seen.def.id === seen.defId)
delete seen.def.id;
assignProp(defs, seen.defId, seen.def);
}
}
}
if (ctx.external)
ctx.sharedEmitDoneFor = ctx.external;
if (ctx.external) ;
else {
if (Object.keys(defs).length > 0) {
if (ctx.target === "draft-2020-12") {
result.$defs = defs;
}
else {
result.definitions = defs;
}
}
}
try {
const finalized = JSON.parse(JSON.stringify(result));
Object.defineProperty(finalized, "~standard", {
value: {
...schema["~standard"],
jsonSchema: {
input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
output: createStandardJSONSchemaMethod(schema, "output", ctx.processors),
},
},
enumerable: false,
writable: false,
});
return finalized;
}
catch (_err) {
throw new Error("Error converting schema to JSON.");
}
}
function isTransforming(_schema, _ctx) {
const ctx = _ctx ?? { seen: new Set() };
if (ctx.seen.has(_schema))
return false;
ctx.seen.add(_schema);
const def = _schema._zod.def;
if (def.type === "transform")
return true;
if (def.type === "array")
return isTransforming(def.element, ctx);
if (def.type === "set")
return isTransforming(def.valueType, ctx);
if (def.type === "lazy")
return isTransforming(def.getter(), ctx);
if (def.type === "promise" ||
def.type === "optional" ||
def.type === "nonoptional" ||
def.type === "nullable" ||
def.type === "readonly" ||
def.type === "default" ||
def.type === "prefault" ||
def.type === "catch") {
return isTransforming(def.innerType, ctx);
}
if (def.type === "intersection") {
return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
}
if (def.type === "record" || def.type === "map") {
return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
}
if (def.type === "pipe") {
if (_schema._zod.traits.has("$ZodCodec"))
return true;
return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
}
if (def.type === "object") {
for (const key in def.shape) {
if (isTransforming(def.shape[key], ctx))
return true;
}
return false;
}
if (def.type === "union") {
for (const option of def.options) {
if (isTransforming(option, ctx))
return true;
}
return false;
}
if (def.type === "tuple") {
for (const item of def.items) {
if (isTransforming(item, ctx))
return true;
}
if (def.rest && isTransforming(def.rest, ctx))
return true;
return false;
}
return false;
}
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
const ctx = initializeContext({ ...params, processors });
processSchema(schema, ctx);
extractDefs(ctx, schema);
return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
const { libraryOptions, target } = params ?? {};
const ctx = initializeContext({ ...(libraryOptions ?? {}), target, io, processors });
processSchema(schema, ctx);
extractDefs(ctx, schema);
return finalize(ctx, schema);
};
const narrowMin = (agg, key, value) => {
if (agg[key] === undefined || value > agg[key])
agg[key] = value;
};
const narrowMax = (agg, key, value) => {
if (agg[key] === undefined || value < agg[key])
agg[key] = value;
};
const narrowBoth = (agg, value) => {
narrowMin(agg, "minimum", value);
narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
agg.multipleOf ?? (agg.multipleOf = []);
if (!agg.multipleOf.includes(value))
agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
agg.patterns ?? (agg.patterns = new Set());
agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
agg.format = format;
if (format.includes("int"))
agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
setFormat(agg, def.format);
const [minimum, maximum] = ranges[def.format];
narrowMin(agg, "minimum", minimum);
narrowMax(agg, "maximum", maximum);
};
const contributors = {
greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
multiple_of: (agg, def) => addDivisor(agg, def.value),
number_format: formatContributor(NUMBER_FORMAT_RANGES),
bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
min_length: minContributor,
max_length: maxContributor,
length_equals: (agg, def) => narrowBoth(agg, def.length),
min_size: minContributor,
max_size: maxContributor,
size_equals: (agg, def) => narrowBoth(agg, def.size),
string_format: (agg, def) => {
setFormat(agg, def.format);
if (def.pattern)
addPattern(agg, def.pattern);
if (def.format === "base64" || def.format === "base64url")
agg.contentEncoding = def.format;
if (def.local || def.precision === -1)
agg.laxFormat = true;
},
mime_type: (agg, def) => intersectMime(agg, def.mime),
};
function aggregateChecks(schema) {
const agg = {};
const def = schema._zod.def;
const list = schema._zod.traits.has("$ZodCheck")
? [schema, ...(def.checks ?? [])]
: (def.checks ?? []);
for (const ch of list)
contributors[ch._zod.def.check]?.(agg, ch._zod.def);
const bag = schema._zod.bag;
if (bag.minimum !== undefined)
narrowMin(agg, "minimum", bag.minimum);
if (bag.exclusiveMinimum !== undefined)
narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
if (bag.maximum !== undefined)
narrowMax(agg, "maximum", bag.maximum);
if (bag.exclusiveMaximum !== undefined)
narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
if (bag.multipleOf !== undefined)
addDivisor(agg, bag.multipleOf);
if (bag.format !== undefined) {
agg.format ?? (agg.format = bag.format);
if (bag.format.includes("int"))
agg.isInt = true;
}
if (bag.mime)
intersectMime(agg, bag.mime);
for (const pattern of bag.patterns ?? [])
addPattern(agg, pattern);
return agg;
}
const formatMap = {
guid: "uuid",
url: "uri",
datetime: "date-time",
json_string: "json-string",
regex: "",
};
const exactPatterns = new Map([
[base64Charset, base64],
[base64urlCharset, base64url],
]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
const json = _json;
json.type = "string";
const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
if (typeof minimum === "number")
json.minLength = minimum;
if (typeof maximum === "number")
json.maxLength = maximum;
if (format) {
json.format = formatMap[format] ?? format;
if (json.format === "")
delete json.format;
if (format === "time" || laxFormat) {
delete json.format;
}
}
if (contentEncoding)
json.contentEncoding = contentEncoding;
if (patterns && patterns.size > 0) {
const patternList = [...patterns].map(exactPattern);
if (patternList.length === 1)
json.pattern = patternList[0].source;
else if (patternList.length > 1) {
json.allOf = [
...patternList.map((regex) => ({
...(ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0"
? { type: "string" }
: {}),
pattern: regex.source,
})),
];
}
}
};
const numberProcessor = (schema, ctx, _json, params) => {
const json = _json;
const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
json.type = isInt ? "integer" : "number";
const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
if (exMin) {
if (legacy) {
json.minimum = exclusiveMinimum;
json.exclusiveMinimum = true;
}
else {
json.exclusiveMinimum = exclusiveMinimum;
}
}
else if (typeof minimum === "number") {
json.minimum = minimum;
}
if (exMax) {
if (legacy) {
json.maximum = exclusiveMaximum;
json.exclusiveMaximum = true;
}
else {
json.exclusiveMaximum = exclusiveMaximum;
}
}
else if (typeof maximum === "number") {
json.maximum = maximum;
}
if (multipleOf) {
const divisors = new Set();
for (const divisor of multipleOf) {
if (Number.isFinite(divisor) && divisor !== 0)
divisors.add(Math.abs(divisor));
else
handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
}
const [first, ...rest] = divisors;
if (first !== undefined)
json.multipleOf = first;
if (rest.length)
json.allOf = [...(json.allOf ?? []), ...rest.map((m) => ({ multipleOf: m }))];
}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
json.type = "boolean";
};
const bigintProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "BigInt cannot be represented in JSON Schema");
};
const symbolProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Symbols cannot be represented in JSON Schema");
};
const nullProcessor = (_schema, ctx, json, _params) => {
if (ctx.target === "openapi-3.0") {
json.type = "string";
json.nullable = true;
json.enum = [null];
}
else {
json.type = "null";
}
};
const undefinedProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Undefined cannot be represented in JSON Schema");
};
const voidProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Void cannot be represented in JSON Schema");
};
const neverProcessor = (_schema, _ctx, json, _params) => {
json.not = {};
};
const anyProcessor = (_schema, _ctx, _json, _params) => {
};
const unknownProcessor = (_schema, _ctx, _json, _params) => {
};
const dateProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Date cannot be represented in JSON Schema");
};
const enumProcessor = (schema, _ctx, json, _params) => {
const def = schema._zod.def;
const values = getEnumValues(def.entries);
if (values.length === 0) {
json.not = {};
return;
}
if (values.every((v) => typeof v === "number"))
json.type = "number";
if (values.every((v) => typeof v === "string"))
json.type = "string";
json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
if (def.values.length === 0) {
json.not = {};
return;
}
const vals = [];
for (const val of def.values) {
if (val === undefined) {
if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema"))
return;
}
else if (typeof val === "bigint") {
if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema"))
return;
vals.push(Number(val));
}
else {
vals.push(val);
}
}
if (vals.length === 0) ;
else if (vals.length === 1) {
const val = vals[0];
json.type = val === null ? "null" : typeof val;
if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") {
json.enum = [val];
}
else {
json.const = val;
}
}
else {
if (vals.every((v) => typeof v === "number"))
json.type = "number";
if (vals.every((v) => typeof v === "string"))
json.type = "string";
if (vals.every((v) => typeof v === "boolean"))
json.type = "boolean";
if (vals.every((v) => v === null))
json.type = "null";
json.enum = vals;
}
};
const nanProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "NaN cannot be represented in JSON Schema");
};
const templateLiteralProcessor = (schema, _ctx, json, _params) => {
const _json = json;
const pattern = schema._zod.pattern;
if (!pattern)
throw new Error("Pattern not found in template literal");
_json.type = "string";
_json.pattern = pattern.source;
};
const fileProcessor = (schema, _ctx, json, _params) => {
const _json = json;
_json.type = "string";
_json.format = "binary";
_json.contentEncoding = "binary";
const { minimum, maximum, mime } = aggregateChecks(schema);
if (minimum !== undefined)
_json.minLength = minimum;
if (maximum !== undefined)
_json.maxLength = maximum;
if (!mime)
return;
if (mime.length === 0)
_json.not = {};
else if (mime.length === 1)
_json.contentMediaType = mime[0];
else
_json.anyOf = mime.map((m) => ({ contentMediaType: m }));
};
const successProcessor = (_schema, _ctx, json, _params) => {
json.type = "boolean";
};
const customProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const functionProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Function types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const mapProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Map cannot be represented in JSON Schema");
};
const setProcessor = (schema, ctx, json, params) => {
handleUnrepresentable(schema, ctx, json, params, "Set cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
const json = _json;
const def = schema._zod.def;
const { minimum, maximum } = aggregateChecks(schema);
if (typeof minimum === "number")
json.minItems = minimum;
if (typeof maximum === "number")
json.maxItems = maximum;
json.type = "array";
json.items = processSchema(def.element, ctx, {
...params,
path: [...params.path, "items"],
});
};
function inputOptin(schema) {
const def = schema._zod.def;
if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) {
return inputOptin(def.out);
}
if (def.type === "catch") {
return inputOptin(def.innerType);
}
return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
const json = _json;
const def = schema._zod.def;
const shape = def.shape;
const symbolKeys = Object.getOwnPropertySymbols(shape);
if (symbolKeys.length &&
handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) {
return;
}
json.type = "object";
json.properties = {};
for (const key in shape) {
assignProp(json.properties, key, processSchema(shape[key], ctx, {
...params,
path: [...params.path, "properties", key],
}));
}
const requiredKeys = [];
for (const key of Object.keys(shape)) {
const field = def.shape[key];
if (ctx.io === "input" ? inputOptin(field) === undefined : field._zod.optout === undefined) {
requiredKeys.push(key);
}
}
if (requiredKeys.length > 0) {
json.required = requiredKeys;
}
if (def.catchall?._zod.def.type === "never") {
json.additionalProperties = false;
}
else if (!def.catchall) {
if (ctx.io === "output")
json.additionalProperties = false;
}
else if (def.catchall) {
json.additionalProperties = processSchema(def.catchall, ctx, {
...params,
path: [...params.path, "additionalProperties"],
});
}
};
const unionProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
const isExclusive = def.inclusive === false;
const options = def.options.map((x, i) => processSchema(x, ctx, {
...params,
path: [...params.path, isExclusive ? "oneOf" : "anyOf", i],
}));
if (isExclusive) {
json.oneOf = options;
}
else {
json.anyOf = options;
}
};
const intersectionProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
const a = processSchema(def.left, ctx, {
...params,
path: [...params.path, "allOf", 0],
});
const b = processSchema(def.right, ctx, {
...params,
path: [...params.path, "allOf", 1],
});
const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
const allOf = [
...(isSimpleIntersection(a) ? a.allOf : [a]),
...(isSimpleIntersection(b) ? b.allOf : [b]),
];
json.allOf = allOf;
ctx.intersections.push(allOf);
};
const tupleProcessor = (schema, ctx, _json, params) => {
const json = _json;
const def = schema._zod.def;
json.type = "array";
const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
...params,
path: [...params.path, prefixPath, i],
}));
const rest = def.rest
? processSchema(def.rest, ctx, {
...params,
path: [...params.path, restPath, ...(ctx.target === "openapi-3.0" ? [def.items.length] : [])],
})
: null;
let minItems = def.items.length;
while (minItems > 0) {
const item = def.items[minItems - 1];
const optional = ctx.io === "input" ? inputOptin(item) !== undefined : item._zod.optout === "optional";
if (!optional)
break;
minItems--;
}
const maxItems = def.items.length;
const isClosed = !def.rest;
if (ctx.target === "draft-2020-12") {
json.prefixItems = prefixItems;
if (isClosed) {
json.items = false;
}
else if (rest) {
json.items = rest;
}
if (minItems > 0)
json.minItems = minItems;
if (isClosed)
json.maxItems = maxItems;
}
else if (ctx.target === "openapi-3.0") {
json.items = {
anyOf: prefixItems,
};
if (rest) {
json.items.anyOf.push(rest);
}
if (minItems > 0)
json.minItems = minItems;
if (isClosed)
json.maxItems = maxItems;
}
else {
json.items = prefixItems;
if (isClosed) {
json.additionalItems = false;
}
else if (rest) {
json.additionalItems = rest;
}
if (minItems > 0)
json.minItems = minItems;
if (isClosed)
json.maxItems = maxItems;
}
const { minimum, maximum } = aggregateChecks(schema);
if (typeof minimum === "number")
json.minItems = minimum;
if (typeof maximum === "number")
json.maxItems = maximum;
};
function stringifyKeyNames(bySchema, json, visited) {
if (json.$ref) {
if (visited.has(json))
return json;
visited.add(json);
const def = bySchema.get(json)?.def;
if (!def)
return json;
const inlined = stringifyKeyNames(bySchema, def, visited);
return inlined === def ? json : inlined;
}
for (const keyword of ["anyOf", "oneOf"]) {
const branches = json[keyword];
if (!Array.isArray(branches))
continue;
const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
if (mapped.some((branch, i) => branch !== branches[i]))
json = { ...json, [keyword]: mapped };
}
const types = Array.isArray(json.type) ? json.type : [json.type];
const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
const values = json.enum ?? (json.const !== undefined ? [json.const] : undefined);
if (!numericType && !values?.some((v) => typeof v === "number"))
return json;
const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
if (rest.enum)
rest.enum = rest.enum.map((v) => (typeof v === "number" ? String(v) : v));
else if (typeof rest.const === "number")
rest.const = String(rest.const);
if (!numericType)
return rest;
rest.type = "string";
if (!values)
rest.pattern = (types.includes("number") ? number$2 : integer).source;
return rest;
}
const pendingRecords = new WeakMap();
function rewriteKeyNames(ctx) {
const bySchema = new Map();
for (const entry of ctx.seen.values()) {
if (entry.def && !bySchema.has(entry.schema))
bySchema.set(entry.schema, entry);
}
const rewrites = new Map();
for (const record of pendingRecords.get(ctx) ?? []) {
const seen = ctx.seen.get(record);
const names = (seen?.def ?? seen?.schema)?.propertyNames;
if (!names || names === true || rewrites.has(names))
continue;
const rewritten = stringifyKeyNames(bySchema, names, new Set());
if (rewritten !== names)
rewrites.set(names, rewritten);
}
if (!rewrites.size)
return;
for (const entry of ctx.seen.values()) {
for (const carrier of [entry.schema, entry.def]) {
const rewritten = carrier && rewrites.get(carrier.propertyNames);
if (rewritten)
carrier.propertyNames = rewritten;
}
}
}
const recordProcessor = (schema, ctx, _json, params) => {
const json = _json;
const def = schema._zod.def;
json.type = "object";
const keyType = def.keyType;
const patterns = aggregateChecks(keyType).patterns;
if (def.mode === "loose" && patterns && patterns.size > 0) {
const valueSchema = processSchema(def.valueType, ctx, {
...params,
path: [...params.path, "patternProperties", "*"],
});
json.patternProperties = {};
for (const pattern of patterns) {
assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
}
}
else {
if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
json.propertyNames = processSchema(def.keyType, ctx, {
...params,
path: [...params.path, "propertyNames"],
});
let pending = pendingRecords.get(ctx);
if (!pending) {
pending = [];
pendingRecords.set(ctx, pending);
ctx.deferred.push(() => rewriteKeyNames(ctx));
}
pending.push(schema);
}
json.additionalProperties = processSchema(def.valueType, ctx, {
...params,
path: [...params.path, "additionalProperties"],
});
}
const keyValues = keyType._zod.values;
const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== undefined;
if (keyValues && !def.partial && !omittableOnInput) {
const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
if (validKeyValues.length > 0) {
json.required = validKeyValues.map(String);
}
}
};
const nullableProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
const inner = processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
if (ctx.target === "openapi-3.0") {
seen.ref = def.innerType;
json.nullable = true;
}
else {
json.anyOf = [inner, { type: "null" }];
}
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
};
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
let unrepresentable = false;
const serialized = JSON.stringify(value, (_, val) => {
if (typeof val !== "bigint")
return val;
unrepresentable = true;
return null;
});
if (!unrepresentable)
return JSON.parse(serialized);
handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
if (value !== UNREPRESENTABLE_DEFAULT)
json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
if (ctx.io !== "input")
return;
const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
if (value !== UNREPRESENTABLE_DEFAULT)
json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
let catchValue;
try {
catchValue = def.catchValue(undefined);
}
catch {
handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
return;
}
json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
const def = schema._zod.def;
const inIsTransform = def.in._zod.traits.has("$ZodTransform");
const innerType = ctx.io === "input" ? (inIsTransform ? def.out : def.in) : def.out;
processSchema(innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
json.readOnly = true;
};
const promiseProcessor = (schema, ctx, _json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
};
const optionalProcessor = (schema, ctx, _json, params) => {
const def = schema._zod.def;
processSchema(def.innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = def.innerType;
};
const lazyProcessor = (schema, ctx, _json, params) => {
const innerType = schema._zod.innerType;
processSchema(innerType, ctx, params);
const seen = ctx.seen.get(schema);
seen.ref = innerType;
};
const allProcessors = {
string: stringProcessor,
number: numberProcessor,
boolean: booleanProcessor,
bigint: bigintProcessor,
symbol: symbolProcessor,
null: nullProcessor,
undefined: undefinedProcessor,
void: voidProcessor,
never: neverProcessor,
any: anyProcessor,
unknown: unknownProcessor,
date: dateProcessor,
enum: enumProcessor,
literal: literalProcessor,
nan: nanProcessor,
template_literal: templateLiteralProcessor,
file: fileProcessor,
success: successProcessor,
custom: customProcessor,
function: functionProcessor,
transform: transformProcessor,
map: mapProcessor,
set: setProcessor,
array: arrayProcessor,
object: objectProcessor,
union: unionProcessor,
intersection: intersectionProcessor,
tuple: tupleProcessor,
record: recordProcessor,
nullable: nullableProcessor,
nonoptional: nonoptionalProcessor,
default: defaultProcessor,
prefault: prefaultProcessor,
catch: catchProcessor,
pipe: pipeProcessor,
readonly: readonlyProcessor,
promise: promiseProcessor,
optional: optionalProcessor,
lazy: lazyProcessor,
};
function toJSONSchema(input, params) {
if ("_idmap" in input) {
const registry = input;
const ctx = initializeContext({ ...params, processors: allProcessors });
const defs = {};
for (const entry of registry._idmap.entries()) {
const [_, schema] = entry;
processSchema(schema, ctx);
}
const schemas = {};
const external = {
registry,
uri: params?.uri,
defs,
};
ctx.external = external;
for (const entry of registry._idmap.entries()) {
const [key, schema] = entry;
extractDefs(ctx, schema);
assignProp(schemas, key, finalize(ctx, schema));
}
if (Object.keys(defs).length > 0) {
const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
schemas.__shared = {
[defsSegment]: defs,
};
}
return { schemas };
}
const ctx = initializeContext({ ...params, processors: allProcessors });
processSchema(input, ctx);
extractDefs(ctx, input);
return finalize(ctx, input);
}
const _installedErrorProtos =   new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
Object.defineProperty(proto, key, {
configurable: true,
enumerable: false,
get() {
const value = make(this);
Object.defineProperty(this, key, { value, configurable: true, writable: true });
return value;
},
set(value) {
Object.defineProperty(this, key, { value, configurable: true, writable: true });
},
});
}
const initializer = (inst, issues) => {
$ZodError.init(inst, issues);
inst.name = "ZodError";
const proto = Object.getPrototypeOf(inst);
if (_installedErrorProtos.has(proto))
return;
_installedErrorProtos.add(proto);
_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
_lazyMethod(proto, "addIssue", (self) => (issue) => {
self.issues.push(issue);
self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
});
_lazyMethod(proto, "addIssues", (self) => (issues) => {
self.issues.push(...issues);
self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
});
Object.defineProperty(proto, "isEmpty", {
configurable: true,
enumerable: false,
get() {
return this.issues.length === 0;
},
});
};
const ZodRealError =   $constructor("ZodError", initializer, undefined, {
Parent: Error,
});
const parse =   _parse(ZodRealError);
const parseAsync =   _parseAsync(ZodRealError);
const safeParse =   _safeParse(ZodRealError);
const safeParseAsync =   _safeParseAsync(ZodRealError);
const encode =   _encode(ZodRealError);
const decode =   _decode(ZodRealError);
const encodeAsync =   _encodeAsync(ZodRealError);
const decodeAsync =   _decodeAsync(ZodRealError);
const safeEncode =   _safeEncode(ZodRealError);
const safeDecode =   _safeDecode(ZodRealError);
const safeEncodeAsync =   _safeEncodeAsync(ZodRealError);
const safeDecodeAsync =   _safeDecodeAsync(ZodRealError);
function _ensureDefaultLocale() {
if (!globalConfig.localeError)
config(en());
}
function _ensureDefaultMemoizer() {
if (!globalConfig.memoizer)
config({ memoizer: memoizer() });
}
const ZodType =   $constructor("ZodType", (inst, def) => {
_ensureDefaultLocale();
$ZodType.init(inst, def);
inst.def = def;
inst.type = def.type;
return inst;
}, {
check(...chks) {
const def = this.def;
return this.clone(mergeDefs(def, {
checks: [
...(def.checks ?? []),
...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch),
],
}), { parent: true });
},
with(...chks) {
return this.check(...chks);
},
clone(def, params) {
return clone(this, def, params);
},
brand() {
return this;
},
register(reg, meta) {
reg.add(this, meta);
return this;
},
refine(check, params) {
return this.check(refine(check, params));
},
superRefine(refinement, params) {
return this.check(superRefine(refinement, params));
},
overwrite(fn) {
return this.check(_overwrite(fn));
},
optional() {
return optional(this);
},
exactOptional() {
return exactOptional(this);
},
nullable() {
return nullable(this);
},
nullish() {
return optional(nullable(this));
},
nonoptional(params) {
return nonoptional(this, params);
},
array() {
return array(this);
},
or(arg) {
return union([this, arg]);
},
and(arg) {
return intersection(this, arg);
},
transform(tx) {
return pipe(this, transform(tx));
},
default(d) {
return _default(this, d);
},
prefault(d) {
return prefault(this, d);
},
catch(params) {
return _catch(this, params);
},
pipe(target) {
return pipe(this, target);
},
readonly() {
return readonly(this);
},
describe(description) {
const cl = this.clone();
globalRegistry.add(cl, { description });
return cl;
},
meta(...args) {
if (args.length === 0)
return globalRegistry.get(this);
const cl = this.clone();
globalRegistry.add(cl, args[0]);
return cl;
},
isOptional() {
return this.safeParse(undefined).success;
},
isNullable() {
return this.safeParse(null).success;
},
apply(fn, ...args) {
return args.length === 0 ? fn(this) : fn(this, ...args);
},
get "~standard"() {
return hide(this, "~standard", {
...standardProps(this),
jsonSchema: {
input: createStandardJSONSchemaMethod(this, "input"),
output: createStandardJSONSchemaMethod(this, "output"),
},
});
},
set "~standard"(value) {
own(this, "~standard", value);
},
parse: function _parse(data, params) {
return parse(this, data, params, { callee: _parse });
},
parseAsync: async function _parseAsync(data, params) {
return await parseAsync(this, data, params, { callee: _parseAsync });
},
safeParse(data, params) {
return safeParse(this, data, params);
},
async safeParseAsync(data, params) {
return safeParseAsync(this, data, params);
},
get spa() {
return this?.safeParseAsync;
},
set spa(value) {
own(this, "spa", value);
},
validate(data, params) {
return validate$1(this, data, params);
},
validateAsync(data, params) {
return validateAsync$1(this, data, params);
},
encode: function _encode(data, params) {
return encode(this, data, params, { callee: _encode });
},
decode: function _decode(data, params) {
return decode(this, data, params, { callee: _decode });
},
encodeAsync: async function _encodeAsync(data, params) {
return await encodeAsync(this, data, params, { callee: _encodeAsync });
},
decodeAsync: async function _decodeAsync(data, params) {
return await decodeAsync(this, data, params, { callee: _decodeAsync });
},
safeEncode(data, params) {
return safeEncode(this, data, params);
},
safeDecode(data, params) {
return safeDecode(this, data, params);
},
async safeEncodeAsync(data, params) {
return safeEncodeAsync(this, data, params);
},
async safeDecodeAsync(data, params) {
return safeDecodeAsync(this, data, params);
},
toJSONSchema(params) {
return createToJSONSchemaMethod(this, {})(params);
},
get description() {
return globalRegistry.get(this)?.description;
},
get _def() {
return this._zod.def;
},
});
const _ZodString =   $constructor("_ZodString", (inst, def) => {
$ZodString.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json);
},
derived({
format: (inst) => aggregateChecks(inst).format ?? null,
minLength: (inst) => aggregateChecks(inst).minimum ?? null,
maxLength: (inst) => aggregateChecks(inst).maximum ?? null,
}, {
regex(...args) {
return this.check(_regex(...args));
},
includes(...args) {
return this.check(_includes(...args));
},
startsWith(...args) {
return this.check(_startsWith(...args));
},
endsWith(...args) {
return this.check(_endsWith(...args));
},
min(...args) {
return this.check(_minLength(...args));
},
max(...args) {
return this.check(_maxLength(...args));
},
length(...args) {
return this.check(_length(...args));
},
nonempty(...args) {
return this.check(_minLength(1, ...args));
},
lowercase(params) {
return this.check(_lowercase(params));
},
uppercase(params) {
return this.check(_uppercase(params));
},
trim() {
return this.check(_trim());
},
normalize(...args) {
return this.check(_normalize(...args));
},
toLowerCase() {
return this.check(_toLowerCase());
},
toUpperCase() {
return this.check(_toUpperCase());
},
slugify() {
return this.check(_slugify());
},
}));
const ZodString =   $constructor("ZodString", (inst, def) => {
$ZodString.init(inst, def);
_ZodString.init(inst, def);
}, {
email(params) {
return this.check(_email(ZodEmail, params));
},
url(params) {
return this.check(_url(ZodURL, params));
},
jwt(params) {
return this.check(_jwt(ZodJWT, params));
},
emoji(params) {
return this.check(_emoji(ZodEmoji, params));
},
guid(params) {
return this.check(_guid(ZodGUID, params));
},
uuid(params) {
return this.check(_uuid(ZodUUID, params));
},
uuidv4(params) {
return this.check(_uuidv4(ZodUUID, params));
},
uuidv6(params) {
return this.check(_uuidv6(ZodUUID, params));
},
uuidv7(params) {
return this.check(_uuidv7(ZodUUID, params));
},
nanoid(params) {
return this.check(_nanoid(ZodNanoID, params));
},
cuid(params) {
return this.check(_cuid(ZodCUID, params));
},
cuid2(params) {
return this.check(_cuid2(ZodCUID2, params));
},
ulid(params) {
return this.check(_ulid(ZodULID, params));
},
base64(params) {
return this.check(_base64(ZodBase64, params));
},
base64url(params) {
return this.check(_base64url(ZodBase64URL, params));
},
xid(params) {
return this.check(_xid(ZodXID, params));
},
ksuid(params) {
return this.check(_ksuid(ZodKSUID, params));
},
ipv4(params) {
return this.check(_ipv4(ZodIPv4, params));
},
ipv6(params) {
return this.check(_ipv6(ZodIPv6, params));
},
cidrv4(params) {
return this.check(_cidrv4(ZodCIDRv4, params));
},
cidrv6(params) {
return this.check(_cidrv6(ZodCIDRv6, params));
},
e164(params) {
return this.check(_e164(ZodE164, params));
},
datetime(params) {
return this.check(_isoDateTime(ZodISODateTime, params));
},
date(params) {
return this.check(_isoDate(ZodISODate, params));
},
time(params) {
return this.check(_isoTime(ZodISOTime, params));
},
duration(params) {
return this.check(_isoDuration(ZodISODuration, params));
},
});
function string(params) {
return _string(ZodString, params);
}
const ZodStringFormat =   $constructor("ZodStringFormat", (inst, def) => {
$ZodStringFormat.init(inst, def);
_ZodString.init(inst, def);
});
const ZodISODateTime =   $constructor("ZodISODateTime", (inst, def) => {
$ZodISODateTime.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodISODate =   $constructor("ZodISODate", (inst, def) => {
$ZodISODate.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodISOTime =   $constructor("ZodISOTime", (inst, def) => {
$ZodISOTime.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodISODuration =   $constructor("ZodISODuration", (inst, def) => {
$ZodISODuration.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodEmail =   $constructor("ZodEmail", (inst, def) => {
$ZodEmail.init(inst, def);
ZodStringFormat.init(inst, def);
});
function email(params) {
return _email(ZodEmail, params);
}
const ZodGUID =   $constructor("ZodGUID", (inst, def) => {
$ZodGUID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodUUID =   $constructor("ZodUUID", (inst, def) => {
$ZodUUID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodURL =   $constructor("ZodURL", (inst, def) => {
$ZodURL.init(inst, def);
ZodStringFormat.init(inst, def);
});
function url(params) {
return _url(ZodURL, params);
}
const ZodEmoji =   $constructor("ZodEmoji", (inst, def) => {
$ZodEmoji.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodNanoID =   $constructor("ZodNanoID", (inst, def) => {
$ZodNanoID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodCUID =   $constructor("ZodCUID", (inst, def) => {
$ZodCUID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodCUID2 =   $constructor("ZodCUID2", (inst, def) => {
$ZodCUID2.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodULID =   $constructor("ZodULID", (inst, def) => {
$ZodULID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodXID =   $constructor("ZodXID", (inst, def) => {
$ZodXID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodKSUID =   $constructor("ZodKSUID", (inst, def) => {
$ZodKSUID.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodIPv4 =   $constructor("ZodIPv4", (inst, def) => {
$ZodIPv4.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodIPv6 =   $constructor("ZodIPv6", (inst, def) => {
$ZodIPv6.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 =   $constructor("ZodCIDRv4", (inst, def) => {
$ZodCIDRv4.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 =   $constructor("ZodCIDRv6", (inst, def) => {
$ZodCIDRv6.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodBase64 =   $constructor("ZodBase64", (inst, def) => {
$ZodBase64.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodBase64URL =   $constructor("ZodBase64URL", (inst, def) => {
$ZodBase64URL.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodE164 =   $constructor("ZodE164", (inst, def) => {
$ZodE164.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodJWT =   $constructor("ZodJWT", (inst, def) => {
$ZodJWT.init(inst, def);
ZodStringFormat.init(inst, def);
});
const ZodNumber =   $constructor("ZodNumber", (inst, def) => {
$ZodNumber.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
inst.isFinite = true;
},
derived({
minValue: (inst) => {
const { minimum, exclusiveMinimum } = aggregateChecks(inst);
return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
},
maxValue: (inst) => {
const { maximum, exclusiveMaximum } = aggregateChecks(inst);
return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
},
isInt: (inst) => {
const { isInt, multipleOf } = aggregateChecks(inst);
return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
},
format: (inst) => aggregateChecks(inst).format ?? null,
}, {
gt(value, params) {
return this.check(_gt(value, params));
},
gte(value, params) {
return this.check(_gte(value, params));
},
min(value, params) {
return this.check(_gte(value, params));
},
lt(value, params) {
return this.check(_lt(value, params));
},
lte(value, params) {
return this.check(_lte(value, params));
},
max(value, params) {
return this.check(_lte(value, params));
},
int(params) {
return this.check(int(params));
},
safe(params) {
return this.check(int(params));
},
positive(params) {
return this.check(_gt(0, params));
},
nonnegative(params) {
return this.check(_gte(0, params));
},
negative(params) {
return this.check(_lt(0, params));
},
nonpositive(params) {
return this.check(_lte(0, params));
},
multipleOf(value, params) {
return this.check(_multipleOf(value, params));
},
step(value, params) {
return this.check(_multipleOf(value, params));
},
finite() {
return this;
},
}));
function number$1(params) {
return _number(ZodNumber, params);
}
const ZodNumberFormat =   $constructor("ZodNumberFormat", (inst, def) => {
$ZodNumberFormat.init(inst, def);
ZodNumber.init(inst, def);
});
function int(params) {
return _int(ZodNumberFormat, params);
}
const ZodBoolean =   $constructor("ZodBoolean", (inst, def) => {
$ZodBoolean.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json);
});
function boolean(params) {
return _boolean(ZodBoolean, params);
}
const ZodNull =   $constructor("ZodNull", (inst, def) => {
$ZodNull.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => nullProcessor(inst, ctx, json);
});
function _null(params) {
return _null$1(ZodNull, params);
}
const ZodAny =   $constructor("ZodAny", (inst, def) => {
$ZodAny.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => anyProcessor();
});
function any() {
return _any(ZodAny);
}
const ZodUnknown =   $constructor("ZodUnknown", (inst, def) => {
$ZodUnknown.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor();
});
function unknown() {
return _unknown(ZodUnknown);
}
const ZodNever =   $constructor("ZodNever", (inst, def) => {
$ZodNever.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json);
});
function never(params) {
return _never(ZodNever, params);
}
const ZodArray =   $constructor("ZodArray", (inst, def) => {
_ensureDefaultMemoizer();
$ZodArray.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
inst.element = def.element;
}, {
min(n, params) {
return this.check(_minLength(n, params));
},
nonempty(params) {
return this.check(_minLength(1, params));
},
max(n, params) {
return this.check(_maxLength(n, params));
},
length(n, params) {
return this.check(_length(n, params));
},
unwrap() {
return this.element;
},
});
function array(element, params) {
return _array(ZodArray, element, params);
}
const ZodObject =   $constructor("ZodObject", (inst, def) => {
_ensureDefaultMemoizer();
$ZodObjectJIT.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
keyof() {
return _enum(Object.keys(this._zod.def.shape));
},
catchall(catchall) {
return this.clone(mergeDefs(this._zod.def, { catchall: catchall }));
},
passthrough() {
return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
},
loose() {
return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
},
strict() {
return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
},
strip() {
return this.clone(mergeDefs(this._zod.def, { catchall: undefined }));
},
extend(incoming) {
return extend(this, incoming);
},
safeExtend(incoming) {
return safeExtend(this, incoming);
},
merge(other) {
return merge(this, other);
},
pick(mask) {
return pick(this, mask);
},
omit(mask) {
return omit(this, mask);
},
partial(...args) {
return partial(ZodOptional, this, args[0]);
},
exactPartial(...args) {
return partial(ZodExactOptional, this, args[0], "exactPartial");
},
required(...args) {
return required(ZodNonOptional, this, args[0]);
},
});
function object(shape, params) {
const def = {
type: "object",
shape: shape ?? {},
...normalizeParams(params),
};
return new ZodObject(def);
}
function looseObject(shape, params) {
return new ZodObject({
type: "object",
shape,
catchall: unknown(),
...normalizeParams(params),
});
}
const ZodUnion =   $constructor("ZodUnion", (inst, def) => {
$ZodUnion.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
inst.options = def.options;
});
function union(options, params) {
return new ZodUnion({
type: "union",
options: options,
...normalizeParams(params),
});
}
const ZodDiscriminatedUnion =   $constructor("ZodDiscriminatedUnion", (inst, def) => {
ZodUnion.init(inst, def);
$ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
return new ZodDiscriminatedUnion({
type: "union",
options: options,
discriminator,
...normalizeParams(params),
});
}
const ZodIntersection =   $constructor("ZodIntersection", (inst, def) => {
$ZodIntersection.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
return new ZodIntersection({
type: "intersection",
left: left,
right: right,
});
}
const ZodRecord =   $constructor("ZodRecord", (inst, def) => {
_ensureDefaultMemoizer();
$ZodRecord.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
inst.keyType = def.keyType;
inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
if (!valueType || !valueType._zod) {
return new ZodRecord({
type: "record",
keyType: string(),
valueType: keyType,
...normalizeParams(valueType),
});
}
return new ZodRecord({
type: "record",
keyType,
valueType: valueType,
...normalizeParams(params),
});
}
const ZodEnum =   $constructor("ZodEnum", (inst, def) => {
$ZodEnum.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json);
inst.enum = def.entries;
inst.options = [...inst._zod.values];
const keys = new Set(Object.keys(def.entries));
inst.extract = (values, params) => {
const newEntries = {};
for (const value of values) {
if (keys.has(value)) {
newEntries[value] = def.entries[value];
}
else
throw new Error(`Key ${value} not found in enum`);
}
return new ZodEnum({
...def,
checks: [],
...normalizeParams(params),
entries: newEntries,
});
};
inst.exclude = (values, params) => {
const newEntries = { ...def.entries };
for (const value of values) {
if (keys.has(value)) {
delete newEntries[value];
}
else
throw new Error(`Key ${value} not found in enum`);
}
return new ZodEnum({
...def,
checks: [],
...normalizeParams(params),
entries: newEntries,
});
};
});
function _enum(values, params) {
const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
return new ZodEnum({
type: "enum",
entries,
...normalizeParams(params),
});
}
const ZodLiteral =   $constructor("ZodLiteral", (inst, def) => {
$ZodLiteral.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
inst.values = new Set(def.values);
Object.defineProperty(inst, "value", {
get() {
if (def.values.length > 1) {
throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
}
return def.values[0];
},
});
});
function literal(value, params) {
return new ZodLiteral({
type: "literal",
values: Array.isArray(value) ? value : [value],
...normalizeParams(params),
});
}
const ZodTransform =   $constructor("ZodTransform", (inst, def) => {
_ensureDefaultMemoizer();
$ZodTransform.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
inst._zod.parse = (payload, _ctx) => {
if (_ctx.direction === "backward") {
throw new $ZodEncodeError(inst.constructor.name);
}
payload.addIssue = (issue$1) => {
if (typeof issue$1 === "string") {
payload.issues.push(issue(issue$1, payload.value, def));
}
else {
const _issue = issue$1;
if (_issue.fatal)
_issue.continue = false;
_issue.code ?? (_issue.code = "custom");
if (!("input" in _issue))
_issue.input = payload.value;
_issue.inst ?? (_issue.inst = inst);
payload.issues.push(issue(_issue));
}
};
const output = def.transform(payload.value, payload);
if (output instanceof Promise) {
return output.then((output) => {
payload.value = output;
return payload;
});
}
payload.value = output;
return payload;
};
});
function transform(fn) {
return new ZodTransform({
type: "transform",
transform: fn,
});
}
const ZodOptional =   $constructor("ZodOptional", (inst, def) => {
$ZodOptional.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
return new ZodOptional({
type: "optional",
innerType: innerType,
});
}
const ZodExactOptional =   $constructor("ZodExactOptional", (inst, def) => {
$ZodExactOptional.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
return new ZodExactOptional({
type: "optional",
innerType: innerType,
});
}
const ZodNullable =   $constructor("ZodNullable", (inst, def) => {
$ZodNullable.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
return new ZodNullable({
type: "nullable",
innerType: innerType,
});
}
const ZodDefault =   $constructor("ZodDefault", (inst, def) => {
$ZodDefault.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
return new ZodDefault({
type: "default",
innerType: innerType,
get defaultValue() {
return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
},
});
}
const ZodPrefault =   $constructor("ZodPrefault", (inst, def) => {
$ZodPrefault.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
return new ZodPrefault({
type: "prefault",
innerType: innerType,
get defaultValue() {
return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
},
});
}
const ZodNonOptional =   $constructor("ZodNonOptional", (inst, def) => {
$ZodNonOptional.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
return new ZodNonOptional({
type: "nonoptional",
innerType: innerType,
...normalizeParams(params),
});
}
const ZodCatch =   $constructor("ZodCatch", (inst, def) => {
$ZodCatch.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
return new ZodCatch({
type: "catch",
innerType: innerType,
catchValue: (typeof catchValue === "function" ? catchValue : constantCatch(catchValue)),
});
}
const ZodPipe =   $constructor("ZodPipe", (inst, def) => {
$ZodPipe.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
inst.in = def.in;
inst.out = def.out;
});
function pipe(in_, out) {
return new ZodPipe({
type: "pipe",
in: in_,
out: out,
});
}
const ZodPreprocess =   $constructor("ZodPreprocess", (inst, def) => {
ZodPipe.init(inst, def);
$ZodPreprocess.init(inst, def);
});
const ZodReadonly =   $constructor("ZodReadonly", (inst, def) => {
$ZodReadonly.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
return new ZodReadonly({
type: "readonly",
innerType: innerType,
});
}
const ZodLazy =   $constructor("ZodLazy", (inst, def) => {
$ZodLazy.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => lazyProcessor(inst, ctx, json, params);
inst.unwrap = () => inst._zod.def.getter();
});
function lazy(getter) {
return new ZodLazy({
type: "lazy",
getter: getter,
});
}
const ZodCustom =   $constructor("ZodCustom", (inst, def) => {
$ZodCustom.init(inst, def);
ZodType.init(inst, def);
inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
return _superRefine(fn, params);
}
function preprocess(fn, schema) {
return new ZodPreprocess({
type: "pipe",
in: transform(fn),
out: schema,
});
}
const ZodIssueCode = {
custom: "custom",
};
function datetime(params) {
return _isoDateTime(ZodISODateTime, params);
}
function date$1(params) {
return _isoDate(ZodISODate, params);
}
function number(params) {
return _coercedNumber(ZodNumber, params);
}
const LATEST_PROTOCOL_VERSION = "2025-11-25";
const DEFAULT_NEGOTIATED_PROTOCOL_VERSION = "2025-03-26";
const SUPPORTED_PROTOCOL_VERSIONS = [
LATEST_PROTOCOL_VERSION,
"2025-06-18",
"2025-03-26",
"2024-11-05",
"2024-10-07"
];
const RELATED_TASK_META_KEY = "io.modelcontextprotocol/related-task";
const PROTOCOL_VERSION_META_KEY = "io.modelcontextprotocol/protocolVersion";
const CLIENT_INFO_META_KEY = "io.modelcontextprotocol/clientInfo";
const SERVER_INFO_META_KEY = "io.modelcontextprotocol/serverInfo";
const CLIENT_CAPABILITIES_META_KEY = "io.modelcontextprotocol/clientCapabilities";
const SUBSCRIPTION_ID_META_KEY = "io.modelcontextprotocol/subscriptionId";
const LOG_LEVEL_META_KEY = "io.modelcontextprotocol/logLevel";
const TRACEPARENT_META_KEY = "traceparent";
const TRACESTATE_META_KEY = "tracestate";
const BAGGAGE_META_KEY = "baggage";
const JSONRPC_VERSION = "2.0";
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;
const JSONValueSchema = lazy(() => union([
string(),
number$1(),
boolean(),
_null(),
record(string(), JSONValueSchema),
array(JSONValueSchema)
]));
const JSONObjectSchema = record(string(), JSONValueSchema);
const JSONArraySchema = array(JSONValueSchema);
const ProgressTokenSchema = union([string(), number$1().int()]);
const CursorSchema = string();
const TaskMetadataSchema = object({ ttl: number$1().optional() });
const RelatedTaskMetadataSchema = object({ taskId: string() });
const RequestMetaSchema = looseObject({
progressToken: ProgressTokenSchema.optional(),
[RELATED_TASK_META_KEY]: RelatedTaskMetadataSchema.optional()
});
const BaseRequestParamsSchema = object({ _meta: RequestMetaSchema.optional() });
const TaskAugmentedRequestParamsSchema = BaseRequestParamsSchema.extend({ task: TaskMetadataSchema.optional() });
const RequestSchema = object({
method: string(),
params: BaseRequestParamsSchema.loose().optional()
});
const NotificationsParamsSchema = object({ _meta: RequestMetaSchema.optional() });
const NotificationSchema = object({
method: string(),
params: NotificationsParamsSchema.loose().optional()
});
const ResultMetaObjectSchema = looseObject({ get [SERVER_INFO_META_KEY]() {
return ImplementationSchema.optional().catch(void 0);
} });
const ResultSchema = looseObject({ _meta: ResultMetaObjectSchema.optional() });
const RequestIdSchema = union([string(), number$1().int()]);
const JSONRPCRequestSchema = object({
jsonrpc: literal(JSONRPC_VERSION),
id: RequestIdSchema,
...RequestSchema.shape
}).strict();
const JSONRPCNotificationSchema = object({
jsonrpc: literal(JSONRPC_VERSION),
...NotificationSchema.shape
}).strict();
const JSONRPCResultResponseSchema = object({
jsonrpc: literal(JSONRPC_VERSION),
id: RequestIdSchema,
result: ResultSchema
}).strict();
const JSONRPCErrorResponseSchema = object({
jsonrpc: literal(JSONRPC_VERSION),
id: RequestIdSchema.optional(),
error: object({
code: number$1().int(),
message: string(),
data: unknown().optional()
})
}).strict();
const JSONRPCMessageSchema = union([
JSONRPCRequestSchema,
JSONRPCNotificationSchema,
JSONRPCResultResponseSchema,
JSONRPCErrorResponseSchema
]);
const JSONRPCResponseSchema = union([JSONRPCResultResponseSchema, JSONRPCErrorResponseSchema]);
const EmptyResultSchema = ResultSchema.strict();
const CancelledNotificationParamsSchema = NotificationsParamsSchema.extend({
requestId: RequestIdSchema.optional(),
reason: string().optional()
});
const CancelledNotificationSchema = NotificationSchema.extend({
method: literal("notifications/cancelled"),
params: CancelledNotificationParamsSchema
});
const IconSchema = object({
src: string(),
mimeType: string().optional(),
sizes: array(string()).optional(),
theme: _enum(["light", "dark"]).optional()
});
const IconsSchema = object({ icons: array(IconSchema).optional() });
const BaseMetadataSchema = object({
name: string(),
title: string().optional()
});
const ImplementationSchema = BaseMetadataSchema.extend({
...BaseMetadataSchema.shape,
...IconsSchema.shape,
version: string(),
websiteUrl: string().optional(),
description: string().optional()
});
const FormElicitationCapabilitySchema = intersection(object({ applyDefaults: boolean().optional() }), JSONObjectSchema);
const ElicitationCapabilitySchema = preprocess((value) => {
if (value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0) return { form: {} };
return value;
}, intersection(object({
form: FormElicitationCapabilitySchema.optional(),
url: JSONObjectSchema.optional()
}), JSONObjectSchema.optional()));
const ClientTasksCapabilitySchema = looseObject({
list: JSONObjectSchema.optional(),
cancel: JSONObjectSchema.optional(),
requests: looseObject({
sampling: looseObject({ createMessage: JSONObjectSchema.optional() }).optional(),
elicitation: looseObject({ create: JSONObjectSchema.optional() }).optional()
}).optional()
});
const ServerTasksCapabilitySchema = looseObject({
list: JSONObjectSchema.optional(),
cancel: JSONObjectSchema.optional(),
requests: looseObject({ tools: looseObject({ call: JSONObjectSchema.optional() }).optional() }).optional()
});
const ClientCapabilitiesSchema = object({
experimental: record(string(), JSONObjectSchema).optional(),
sampling: object({
context: JSONObjectSchema.optional(),
tools: JSONObjectSchema.optional()
}).optional(),
elicitation: ElicitationCapabilitySchema.optional(),
roots: object({ listChanged: boolean().optional() }).optional(),
tasks: ClientTasksCapabilitySchema.optional(),
extensions: record(string(), JSONObjectSchema).optional()
});
const InitializeRequestParamsSchema = BaseRequestParamsSchema.extend({
protocolVersion: string(),
capabilities: ClientCapabilitiesSchema,
clientInfo: ImplementationSchema
});
const InitializeRequestSchema = RequestSchema.extend({
method: literal("initialize"),
params: InitializeRequestParamsSchema
});
const ServerCapabilitiesSchema = object({
experimental: record(string(), JSONObjectSchema).optional(),
logging: JSONObjectSchema.optional(),
completions: JSONObjectSchema.optional(),
prompts: object({ listChanged: boolean().optional() }).optional(),
resources: object({
subscribe: boolean().optional(),
listChanged: boolean().optional()
}).optional(),
tools: object({ listChanged: boolean().optional() }).optional(),
tasks: ServerTasksCapabilitySchema.optional(),
extensions: record(string(), JSONObjectSchema).optional()
});
const InitializeResultSchema = ResultSchema.extend({
protocolVersion: string(),
capabilities: ServerCapabilitiesSchema,
serverInfo: ImplementationSchema,
instructions: string().optional()
});
const InitializedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/initialized"),
params: NotificationsParamsSchema.optional()
});
const DiscoverRequestSchema = RequestSchema.extend({
method: literal("server/discover"),
params: BaseRequestParamsSchema.optional()
});
const DiscoverResultSchema = ResultSchema.extend({
supportedVersions: array(string()),
capabilities: ServerCapabilitiesSchema,
instructions: string().optional()
});
const PingRequestSchema = RequestSchema.extend({
method: literal("ping"),
params: BaseRequestParamsSchema.optional()
});
const ProgressSchema = object({
progress: number$1(),
total: optional(number$1()),
message: optional(string())
});
const ProgressNotificationParamsSchema = object({
...NotificationsParamsSchema.shape,
...ProgressSchema.shape,
progressToken: ProgressTokenSchema
});
const ProgressNotificationSchema = NotificationSchema.extend({
method: literal("notifications/progress"),
params: ProgressNotificationParamsSchema
});
const PaginatedRequestParamsSchema = BaseRequestParamsSchema.extend({ cursor: CursorSchema.optional() });
const PaginatedRequestSchema = RequestSchema.extend({ params: PaginatedRequestParamsSchema.optional() });
const PaginatedResultSchema = ResultSchema.extend({ nextCursor: CursorSchema.optional() });
const ResourceContentsSchema = object({
uri: string(),
mimeType: optional(string()),
_meta: record(string(), unknown()).optional()
});
const TextResourceContentsSchema = ResourceContentsSchema.extend({ text: string() });
const Base64Schema = string().refine((val) => {
try {
atob(val);
return true;
} catch {
return false;
}
}, { message: "Invalid Base64 string" });
const BlobResourceContentsSchema = ResourceContentsSchema.extend({ blob: Base64Schema });
const RoleSchema = _enum(["user", "assistant"]);
const AnnotationsSchema = object({
audience: array(RoleSchema).optional(),
priority: number$1().min(0).max(1).optional(),
lastModified: datetime({ offset: true }).optional()
});
const ResourceSchema = object({
...BaseMetadataSchema.shape,
...IconsSchema.shape,
uri: string(),
description: optional(string()),
mimeType: optional(string()),
size: optional(number$1()),
annotations: AnnotationsSchema.optional(),
_meta: optional(looseObject({}))
});
const ResourceTemplateSchema = object({
...BaseMetadataSchema.shape,
...IconsSchema.shape,
uriTemplate: string(),
description: optional(string()),
mimeType: optional(string()),
annotations: AnnotationsSchema.optional(),
_meta: optional(looseObject({}))
});
const ListResourcesRequestSchema = PaginatedRequestSchema.extend({ method: literal("resources/list") });
const ListResourcesResultSchema = PaginatedResultSchema.extend({ resources: array(ResourceSchema) });
const ListResourceTemplatesRequestSchema = PaginatedRequestSchema.extend({ method: literal("resources/templates/list") });
const ListResourceTemplatesResultSchema = PaginatedResultSchema.extend({ resourceTemplates: array(ResourceTemplateSchema) });
const ResourceRequestParamsSchema = BaseRequestParamsSchema.extend({ uri: string() });
const ReadResourceRequestParamsSchema = ResourceRequestParamsSchema;
const ReadResourceRequestSchema = RequestSchema.extend({
method: literal("resources/read"),
params: ReadResourceRequestParamsSchema
});
const ReadResourceResultSchema = ResultSchema.extend({ contents: array(union([TextResourceContentsSchema, BlobResourceContentsSchema])) });
const ResourceListChangedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/resources/list_changed"),
params: NotificationsParamsSchema.optional()
});
const SubscribeRequestParamsSchema = ResourceRequestParamsSchema;
const SubscribeRequestSchema = RequestSchema.extend({
method: literal("resources/subscribe"),
params: SubscribeRequestParamsSchema
});
const UnsubscribeRequestParamsSchema = ResourceRequestParamsSchema;
const UnsubscribeRequestSchema = RequestSchema.extend({
method: literal("resources/unsubscribe"),
params: UnsubscribeRequestParamsSchema
});
const SubscriptionFilterSchema = object({
toolsListChanged: boolean().optional(),
promptsListChanged: boolean().optional(),
resourcesListChanged: boolean().optional(),
resourceSubscriptions: array(string()).optional()
});
const SubscriptionsListenRequestParamsSchema = BaseRequestParamsSchema.extend({ notifications: SubscriptionFilterSchema });
const SubscriptionsListenRequestSchema = RequestSchema.extend({
method: literal("subscriptions/listen"),
params: SubscriptionsListenRequestParamsSchema
});
const SubscriptionsAcknowledgedNotificationParamsSchema = NotificationsParamsSchema.extend({ notifications: SubscriptionFilterSchema });
const SubscriptionsAcknowledgedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/subscriptions/acknowledged"),
params: SubscriptionsAcknowledgedNotificationParamsSchema
});
const SubscriptionsListenResultMetaSchema = ResultMetaObjectSchema.extend({ [SUBSCRIPTION_ID_META_KEY]: RequestIdSchema });
const SubscriptionsListenResultSchema = ResultSchema.extend({ _meta: SubscriptionsListenResultMetaSchema });
const ResourceUpdatedNotificationParamsSchema = NotificationsParamsSchema.extend({ uri: string() });
const ResourceUpdatedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/resources/updated"),
params: ResourceUpdatedNotificationParamsSchema
});
const PromptArgumentSchema = object({
name: string(),
description: optional(string()),
required: optional(boolean())
});
const PromptSchema = object({
...BaseMetadataSchema.shape,
...IconsSchema.shape,
description: optional(string()),
arguments: optional(array(PromptArgumentSchema)),
_meta: optional(looseObject({}))
});
const ListPromptsRequestSchema = PaginatedRequestSchema.extend({ method: literal("prompts/list") });
const ListPromptsResultSchema = PaginatedResultSchema.extend({ prompts: array(PromptSchema) });
const GetPromptRequestParamsSchema = BaseRequestParamsSchema.extend({
name: string(),
arguments: record(string(), string()).optional()
});
const GetPromptRequestSchema = RequestSchema.extend({
method: literal("prompts/get"),
params: GetPromptRequestParamsSchema
});
const TextContentSchema = object({
type: literal("text"),
text: string(),
annotations: AnnotationsSchema.optional(),
_meta: record(string(), unknown()).optional()
});
const ImageContentSchema = object({
type: literal("image"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema.optional(),
_meta: record(string(), unknown()).optional()
});
const AudioContentSchema = object({
type: literal("audio"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema.optional(),
_meta: record(string(), unknown()).optional()
});
const ToolUseContentSchema = object({
type: literal("tool_use"),
name: string(),
id: string(),
input: record(string(), unknown()),
_meta: record(string(), unknown()).optional()
});
const EmbeddedResourceSchema = object({
type: literal("resource"),
resource: union([TextResourceContentsSchema, BlobResourceContentsSchema]),
annotations: AnnotationsSchema.optional(),
_meta: record(string(), unknown()).optional()
});
const ResourceLinkSchema = ResourceSchema.extend({ type: literal("resource_link") });
const ContentBlockSchema = union([
TextContentSchema,
ImageContentSchema,
AudioContentSchema,
ResourceLinkSchema,
EmbeddedResourceSchema
]);
const PromptMessageSchema = object({
role: RoleSchema,
content: ContentBlockSchema
});
const GetPromptResultSchema = ResultSchema.extend({
description: string().optional(),
messages: array(PromptMessageSchema)
});
const PromptListChangedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/prompts/list_changed"),
params: NotificationsParamsSchema.optional()
});
const ToolAnnotationsSchema = object({
title: string().optional(),
readOnlyHint: boolean().optional(),
destructiveHint: boolean().optional(),
idempotentHint: boolean().optional(),
openWorldHint: boolean().optional()
});
const ToolExecutionSchema = object({ taskSupport: _enum([
"required",
"optional",
"forbidden"
]).optional() });
const ToolSchema = object({
...BaseMetadataSchema.shape,
...IconsSchema.shape,
description: string().optional(),
inputSchema: object({
type: literal("object"),
properties: record(string(), JSONValueSchema).optional(),
required: array(string()).optional()
}).catchall(unknown()),
outputSchema: looseObject({ $schema: string().optional() }).optional(),
annotations: ToolAnnotationsSchema.optional(),
execution: ToolExecutionSchema.optional(),
_meta: record(string(), unknown()).optional()
});
const ListToolsRequestSchema = PaginatedRequestSchema.extend({ method: literal("tools/list") });
const ListToolsResultSchema = PaginatedResultSchema.extend({ tools: array(ToolSchema) });
const CallToolResultSchema = ResultSchema.extend({
content: array(ContentBlockSchema).default([]),
structuredContent: unknown().optional(),
isError: boolean().optional()
});
const CompatibilityCallToolResultSchema = CallToolResultSchema.or(ResultSchema.extend({ toolResult: unknown() }));
const CallToolRequestParamsSchema = TaskAugmentedRequestParamsSchema.extend({
name: string(),
arguments: record(string(), unknown()).optional()
});
const CallToolRequestSchema = RequestSchema.extend({
method: literal("tools/call"),
params: CallToolRequestParamsSchema
});
const ToolListChangedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/tools/list_changed"),
params: NotificationsParamsSchema.optional()
});
const ListChangedOptionsBaseSchema = object({
autoRefresh: boolean().default(true),
debounceMs: number$1().int().nonnegative().default(300)
});
const LoggingLevelSchema = _enum([
"debug",
"info",
"notice",
"warning",
"error",
"critical",
"alert",
"emergency"
]);
const SetLevelRequestParamsSchema = BaseRequestParamsSchema.extend({ level: LoggingLevelSchema });
const SetLevelRequestSchema = RequestSchema.extend({
method: literal("logging/setLevel"),
params: SetLevelRequestParamsSchema
});
const LoggingMessageNotificationParamsSchema = NotificationsParamsSchema.extend({
level: LoggingLevelSchema,
logger: string().optional(),
data: unknown()
});
const LoggingMessageNotificationSchema = NotificationSchema.extend({
method: literal("notifications/message"),
params: LoggingMessageNotificationParamsSchema
});
const ModelHintSchema = object({ name: string().optional() });
const ModelPreferencesSchema = object({
hints: array(ModelHintSchema).optional(),
costPriority: number$1().min(0).max(1).optional(),
speedPriority: number$1().min(0).max(1).optional(),
intelligencePriority: number$1().min(0).max(1).optional()
});
const ToolChoiceSchema = object({ mode: _enum([
"auto",
"required",
"none"
]).optional() });
const ToolResultContentSchema = object({
type: literal("tool_result"),
toolUseId: string().describe("The unique identifier for the corresponding tool call."),
content: array(ContentBlockSchema),
structuredContent: unknown().optional(),
isError: boolean().optional(),
_meta: record(string(), unknown()).optional()
});
const SamplingContentSchema = discriminatedUnion("type", [
TextContentSchema,
ImageContentSchema,
AudioContentSchema
]);
const SamplingMessageContentBlockSchema = discriminatedUnion("type", [
TextContentSchema,
ImageContentSchema,
AudioContentSchema,
ToolUseContentSchema,
ToolResultContentSchema
]);
const SamplingMessageSchema = object({
role: RoleSchema,
content: union([SamplingMessageContentBlockSchema, array(SamplingMessageContentBlockSchema)]),
_meta: record(string(), unknown()).optional()
});
const CreateMessageRequestParamsSchema = TaskAugmentedRequestParamsSchema.extend({
messages: array(SamplingMessageSchema),
modelPreferences: ModelPreferencesSchema.optional(),
systemPrompt: string().optional(),
includeContext: _enum([
"none",
"thisServer",
"allServers"
]).optional(),
temperature: number$1().optional(),
maxTokens: number$1().int(),
stopSequences: array(string()).optional(),
metadata: JSONObjectSchema.optional(),
tools: array(ToolSchema).optional(),
toolChoice: ToolChoiceSchema.optional()
});
const CreateMessageRequestSchema = RequestSchema.extend({
method: literal("sampling/createMessage"),
params: CreateMessageRequestParamsSchema
});
const CreateMessageResultSchema = ResultSchema.extend({
model: string(),
stopReason: optional(_enum([
"endTurn",
"stopSequence",
"maxTokens"
]).or(string())),
role: RoleSchema,
content: SamplingContentSchema
});
const CreateMessageResultWithToolsSchema = ResultSchema.extend({
model: string(),
stopReason: optional(_enum([
"endTurn",
"stopSequence",
"maxTokens",
"toolUse"
]).or(string())),
role: RoleSchema,
content: union([SamplingMessageContentBlockSchema, array(SamplingMessageContentBlockSchema)])
});
const BooleanSchemaSchema = object({
type: literal("boolean"),
title: string().optional(),
description: string().optional(),
default: boolean().optional()
});
const StringSchemaSchema = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
minLength: number$1().optional(),
maxLength: number$1().optional(),
format: _enum([
"email",
"uri",
"date",
"date-time"
]).optional(),
default: string().optional()
});
const NumberSchemaSchema = object({
type: _enum(["number", "integer"]),
title: string().optional(),
description: string().optional(),
minimum: number$1().optional(),
maximum: number$1().optional(),
default: number$1().optional()
});
const UntitledSingleSelectEnumSchemaSchema = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
default: string().optional()
});
const TitledSingleSelectEnumSchemaSchema = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
oneOf: array(object({
const: string(),
title: string()
})),
default: string().optional()
});
const LegacyTitledEnumSchemaSchema = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
enumNames: array(string()).optional(),
default: string().optional()
});
const SingleSelectEnumSchemaSchema = union([UntitledSingleSelectEnumSchemaSchema, TitledSingleSelectEnumSchemaSchema]);
const UntitledMultiSelectEnumSchemaSchema = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({
type: literal("string"),
enum: array(string())
}),
default: array(string()).optional()
});
const TitledMultiSelectEnumSchemaSchema = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({ anyOf: array(object({
const: string(),
title: string()
})) }),
default: array(string()).optional()
});
const MultiSelectEnumSchemaSchema = union([UntitledMultiSelectEnumSchemaSchema, TitledMultiSelectEnumSchemaSchema]);
const EnumSchemaSchema = union([
LegacyTitledEnumSchemaSchema,
SingleSelectEnumSchemaSchema,
MultiSelectEnumSchemaSchema
]);
const PrimitiveSchemaDefinitionSchema = union([
EnumSchemaSchema,
BooleanSchemaSchema,
StringSchemaSchema,
NumberSchemaSchema
]);
const ElicitRequestFormParamsSchema = TaskAugmentedRequestParamsSchema.extend({
mode: literal("form").optional(),
message: string(),
requestedSchema: object({
type: literal("object"),
properties: record(string(), PrimitiveSchemaDefinitionSchema),
required: array(string()).optional()
}).catchall(unknown())
});
const ElicitRequestURLParamsSchema = TaskAugmentedRequestParamsSchema.extend({
mode: literal("url"),
message: string(),
elicitationId: string(),
url: string().url()
});
const ElicitRequestParamsSchema = union([ElicitRequestFormParamsSchema, ElicitRequestURLParamsSchema]);
const ElicitRequestSchema = RequestSchema.extend({
method: literal("elicitation/create"),
params: ElicitRequestParamsSchema
});
const ElicitationCompleteNotificationParamsSchema = NotificationsParamsSchema.extend({ elicitationId: string() });
const ElicitationCompleteNotificationSchema = NotificationSchema.extend({
method: literal("notifications/elicitation/complete"),
params: ElicitationCompleteNotificationParamsSchema
});
const ElicitResultSchema = ResultSchema.extend({
action: _enum([
"accept",
"decline",
"cancel"
]),
content: preprocess((val) => val === null ? void 0 : val, record(string(), union([
string(),
number$1(),
boolean(),
array(string())
])).optional())
});
const ResourceTemplateReferenceSchema = object({
type: literal("ref/resource"),
uri: string()
});
const PromptReferenceSchema = object({
type: literal("ref/prompt"),
name: string()
});
const CompleteRequestParamsSchema = BaseRequestParamsSchema.extend({
ref: union([PromptReferenceSchema, ResourceTemplateReferenceSchema]),
argument: object({
name: string(),
value: string()
}),
context: object({ arguments: record(string(), string()).optional() }).optional()
});
const CompleteRequestSchema = RequestSchema.extend({
method: literal("completion/complete"),
params: CompleteRequestParamsSchema
});
const CompleteResultSchema = ResultSchema.extend({ completion: looseObject({
values: array(string()).max(100),
total: optional(number$1().int()),
hasMore: optional(boolean())
}) });
const RootSchema = object({
uri: string().startsWith("file://"),
name: string().optional(),
_meta: record(string(), unknown()).optional()
});
const ListRootsRequestSchema = RequestSchema.extend({
method: literal("roots/list"),
params: BaseRequestParamsSchema.optional()
});
const ListRootsResultSchema = ResultSchema.extend({ roots: array(RootSchema) });
const RootsListChangedNotificationSchema = NotificationSchema.extend({
method: literal("notifications/roots/list_changed"),
params: NotificationsParamsSchema.optional()
});
const TaskCreationParamsSchema = looseObject({
ttl: number$1().optional(),
pollInterval: number$1().optional()
});
const TaskStatusSchema = _enum([
"working",
"input_required",
"completed",
"failed",
"cancelled"
]);
const TaskSchema = object({
taskId: string(),
status: TaskStatusSchema,
ttl: union([number$1(), _null()]),
createdAt: string(),
lastUpdatedAt: string(),
pollInterval: optional(number$1()),
statusMessage: optional(string())
});
const CreateTaskResultSchema = ResultSchema.extend({ task: TaskSchema });
const TaskStatusNotificationParamsSchema = NotificationsParamsSchema.merge(TaskSchema);
const TaskStatusNotificationSchema = NotificationSchema.extend({
method: literal("notifications/tasks/status"),
params: TaskStatusNotificationParamsSchema
});
const GetTaskRequestSchema = RequestSchema.extend({
method: literal("tasks/get"),
params: BaseRequestParamsSchema.extend({ taskId: string() })
});
const GetTaskResultSchema = ResultSchema.merge(TaskSchema);
const GetTaskPayloadRequestSchema = RequestSchema.extend({
method: literal("tasks/result"),
params: BaseRequestParamsSchema.extend({ taskId: string() })
});
const GetTaskPayloadResultSchema = ResultSchema.loose();
const ListTasksRequestSchema = PaginatedRequestSchema.extend({ method: literal("tasks/list") });
const ListTasksResultSchema = PaginatedResultSchema.extend({ tasks: array(TaskSchema) });
const CancelTaskRequestSchema = RequestSchema.extend({
method: literal("tasks/cancel"),
params: BaseRequestParamsSchema.extend({ taskId: string() })
});
const CancelTaskResultSchema = ResultSchema.merge(TaskSchema);
const ClientRequestSchema = union([
PingRequestSchema,
InitializeRequestSchema,
DiscoverRequestSchema,
CompleteRequestSchema,
SetLevelRequestSchema,
GetPromptRequestSchema,
ListPromptsRequestSchema,
ListResourcesRequestSchema,
ListResourceTemplatesRequestSchema,
ReadResourceRequestSchema,
SubscribeRequestSchema,
UnsubscribeRequestSchema,
SubscriptionsListenRequestSchema,
CallToolRequestSchema,
ListToolsRequestSchema
]);
const ClientNotificationSchema = union([
CancelledNotificationSchema,
ProgressNotificationSchema,
InitializedNotificationSchema,
RootsListChangedNotificationSchema
]);
const ClientResultSchema = union([
EmptyResultSchema,
CreateMessageResultSchema,
CreateMessageResultWithToolsSchema,
ElicitResultSchema,
ListRootsResultSchema
]);
const ServerRequestSchema = union([
PingRequestSchema,
CreateMessageRequestSchema,
ElicitRequestSchema,
ListRootsRequestSchema
]);
const ServerNotificationSchema = union([
CancelledNotificationSchema,
ProgressNotificationSchema,
LoggingMessageNotificationSchema,
ResourceUpdatedNotificationSchema,
ResourceListChangedNotificationSchema,
ToolListChangedNotificationSchema,
PromptListChangedNotificationSchema,
SubscriptionsAcknowledgedNotificationSchema,
ElicitationCompleteNotificationSchema
]);
const ServerResultSchema = union([
EmptyResultSchema,
InitializeResultSchema,
DiscoverResultSchema,
CompleteResultSchema,
GetPromptResultSchema,
ListPromptsResultSchema,
ListResourcesResultSchema,
ListResourceTemplatesResultSchema,
ReadResourceResultSchema,
CallToolResultSchema,
ListToolsResultSchema,
SubscriptionsListenResultSchema
]);
const SafeUrlSchema = url().superRefine((val, ctx) => {
if (!URL.canParse(val)) {
ctx.addIssue({
code: ZodIssueCode.custom,
message: "URL must be parseable",
fatal: true
});
return NEVER;
}
}).refine((url) => {
const u = new URL(url);
return u.protocol !== "javascript:" && u.protocol !== "data:" && u.protocol !== "vbscript:";
}, { message: "URL cannot use javascript:, data:, or vbscript: scheme" });
const OAuthProtectedResourceMetadataSchema = looseObject({
resource: string().url(),
authorization_servers: array(SafeUrlSchema).optional(),
jwks_uri: string().url().optional(),
scopes_supported: array(string()).optional(),
bearer_methods_supported: array(string()).optional(),
resource_signing_alg_values_supported: array(string()).optional(),
resource_name: string().optional(),
resource_documentation: string().optional(),
resource_policy_uri: string().url().optional(),
resource_tos_uri: string().url().optional(),
tls_client_certificate_bound_access_tokens: boolean().optional(),
authorization_details_types_supported: array(string()).optional(),
dpop_signing_alg_values_supported: array(string()).optional(),
dpop_bound_access_tokens_required: boolean().optional()
});
const OAuthMetadataSchema = looseObject({
issuer: string(),
authorization_endpoint: SafeUrlSchema,
token_endpoint: SafeUrlSchema,
registration_endpoint: SafeUrlSchema.optional(),
scopes_supported: array(string()).optional(),
response_types_supported: array(string()),
response_modes_supported: array(string()).optional(),
grant_types_supported: array(string()).optional(),
token_endpoint_auth_methods_supported: array(string()).optional(),
token_endpoint_auth_signing_alg_values_supported: array(string()).optional(),
service_documentation: SafeUrlSchema.optional(),
revocation_endpoint: SafeUrlSchema.optional(),
revocation_endpoint_auth_methods_supported: array(string()).optional(),
revocation_endpoint_auth_signing_alg_values_supported: array(string()).optional(),
introspection_endpoint: string().optional(),
introspection_endpoint_auth_methods_supported: array(string()).optional(),
introspection_endpoint_auth_signing_alg_values_supported: array(string()).optional(),
code_challenge_methods_supported: array(string()).optional(),
client_id_metadata_document_supported: boolean().optional(),
authorization_response_iss_parameter_supported: boolean().optional().catch(void 0),
dpop_signing_alg_values_supported: array(string()).optional()
});
const OpenIdProviderMetadataSchema = looseObject({
issuer: string(),
authorization_endpoint: SafeUrlSchema,
token_endpoint: SafeUrlSchema,
userinfo_endpoint: SafeUrlSchema.optional(),
jwks_uri: SafeUrlSchema,
registration_endpoint: SafeUrlSchema.optional(),
scopes_supported: array(string()).optional(),
response_types_supported: array(string()),
response_modes_supported: array(string()).optional(),
grant_types_supported: array(string()).optional(),
acr_values_supported: array(string()).optional(),
subject_types_supported: array(string()),
id_token_signing_alg_values_supported: array(string()),
id_token_encryption_alg_values_supported: array(string()).optional(),
id_token_encryption_enc_values_supported: array(string()).optional(),
userinfo_signing_alg_values_supported: array(string()).optional(),
userinfo_encryption_alg_values_supported: array(string()).optional(),
userinfo_encryption_enc_values_supported: array(string()).optional(),
request_object_signing_alg_values_supported: array(string()).optional(),
request_object_encryption_alg_values_supported: array(string()).optional(),
request_object_encryption_enc_values_supported: array(string()).optional(),
token_endpoint_auth_methods_supported: array(string()).optional(),
token_endpoint_auth_signing_alg_values_supported: array(string()).optional(),
display_values_supported: array(string()).optional(),
claim_types_supported: array(string()).optional(),
claims_supported: array(string()).optional(),
service_documentation: string().optional(),
claims_locales_supported: array(string()).optional(),
ui_locales_supported: array(string()).optional(),
claims_parameter_supported: boolean().optional(),
request_parameter_supported: boolean().optional(),
request_uri_parameter_supported: boolean().optional(),
require_request_uri_registration: boolean().optional(),
op_policy_uri: SafeUrlSchema.optional(),
op_tos_uri: SafeUrlSchema.optional(),
client_id_metadata_document_supported: boolean().optional(),
authorization_response_iss_parameter_supported: boolean().optional().catch(void 0)
});
const OpenIdProviderDiscoveryMetadataSchema = object({
...OpenIdProviderMetadataSchema.shape,
...OAuthMetadataSchema.pick({ code_challenge_methods_supported: true }).shape
});
const OAuthTokensSchema = object({
access_token: string(),
id_token: string().optional(),
token_type: string(),
expires_in: number().optional(),
scope: string().optional(),
refresh_token: string().optional(),
issuer: string().optional().catch(void 0)
}).strip();
const IdJagTokenExchangeResponseSchema = object({
issued_token_type: literal("urn:ietf:params:oauth:token-type:id-jag"),
access_token: string(),
token_type: string().optional(),
expires_in: number$1().optional(),
scope: string().optional()
}).strip();
const OAuthErrorResponseSchema = object({
error: string(),
error_description: string().optional(),
error_uri: string().optional()
});
const OptionalSafeUrlSchema = SafeUrlSchema.optional().or(literal("").transform(() => void 0));
const OAuthClientMetadataSchema = object({
redirect_uris: array(SafeUrlSchema),
token_endpoint_auth_method: string().optional(),
grant_types: array(string()).optional(),
response_types: array(string()).optional(),
application_type: string().optional(),
client_name: string().optional(),
client_uri: SafeUrlSchema.optional(),
logo_uri: OptionalSafeUrlSchema,
scope: string().optional(),
contacts: array(string()).optional(),
tos_uri: OptionalSafeUrlSchema,
policy_uri: string().optional(),
jwks_uri: SafeUrlSchema.optional(),
jwks: any().optional(),
software_id: string().optional(),
software_version: string().optional(),
software_statement: string().optional()
}).strip();
const OAuthClientInformationSchema = object({
client_id: string(),
client_secret: string().optional(),
client_id_issued_at: number$1().optional(),
client_secret_expires_at: number$1().optional(),
issuer: string().optional().catch(void 0)
}).strip();
const OAuthClientInformationFullSchema = OAuthClientMetadataSchema.merge(OAuthClientInformationSchema);
const OAuthClientRegistrationErrorSchema = object({
error: string(),
error_description: string().optional()
}).strip();
const OAuthTokenRevocationRequestSchema = object({
token: string(),
token_type_hint: string().optional()
}).strip();
const BRANDS = Symbol.for("mcp.sdk.errorBrands");
function stampErrorBrands(instance, ctor) {
const brands =   new Set();
let current = ctor;
while (typeof current === "function") {
const brand = current.mcpBrand;
if (Object.prototype.hasOwnProperty.call(current, "mcpBrand") && typeof brand === "string") brands.add(brand);
current = Object.getPrototypeOf(current);
}
if (brands.size === 0) return;
Object.defineProperty(instance, BRANDS, {
value: brands,
enumerable: false,
configurable: true
});
}
function brandedHasInstance(cls, value) {
try {
if (typeof value === "object" && value !== null && Object.prototype.hasOwnProperty.call(cls, "mcpBrand") && typeof cls.mcpBrand === "string" && Object.prototype.hasOwnProperty.call(value, BRANDS)) {
const carried = value[BRANDS];
if (carried && typeof carried.has === "function" && carried.has(cls.mcpBrand)) return true;
}
} catch {}
return Function.prototype[Symbol.hasInstance].call(cls, value);
}
let OAuthErrorCode =   function(OAuthErrorCode$1) {
OAuthErrorCode$1["InvalidRequest"] = "invalid_request";
OAuthErrorCode$1["InvalidClient"] = "invalid_client";
OAuthErrorCode$1["InvalidGrant"] = "invalid_grant";
OAuthErrorCode$1["UnauthorizedClient"] = "unauthorized_client";
OAuthErrorCode$1["UnsupportedGrantType"] = "unsupported_grant_type";
OAuthErrorCode$1["InvalidScope"] = "invalid_scope";
OAuthErrorCode$1["AccessDenied"] = "access_denied";
OAuthErrorCode$1["ServerError"] = "server_error";
OAuthErrorCode$1["TemporarilyUnavailable"] = "temporarily_unavailable";
OAuthErrorCode$1["UnsupportedResponseType"] = "unsupported_response_type";
OAuthErrorCode$1["UnsupportedTokenType"] = "unsupported_token_type";
OAuthErrorCode$1["InvalidToken"] = "invalid_token";
OAuthErrorCode$1["MethodNotAllowed"] = "method_not_allowed";
OAuthErrorCode$1["TooManyRequests"] = "too_many_requests";
OAuthErrorCode$1["InvalidClientMetadata"] = "invalid_client_metadata";
OAuthErrorCode$1["InvalidRedirectUri"] = "invalid_redirect_uri";
OAuthErrorCode$1["InsufficientScope"] = "insufficient_scope";
OAuthErrorCode$1["InvalidTarget"] = "invalid_target";
OAuthErrorCode$1["InvalidDpopProof"] = "invalid_dpop_proof";
OAuthErrorCode$1["UseDpopNonce"] = "use_dpop_nonce";
return OAuthErrorCode$1;
}({});
var OAuthError = class OAuthError extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.OAuthError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(code, message, errorUri) {
super(message);
this.code = code;
this.errorUri = errorUri;
this.name = "OAuthError";
stampErrorBrands(this, new.target);
}
toResponseObject() {
const response = {
error: this.code,
error_description: this.message
};
if (this.errorUri) response.error_uri = this.errorUri;
return response;
}
static fromResponse(response) {
return new OAuthError(response.error, response.error_description ?? response.error, response.error_uri);
}
};
let SdkErrorCode =   function(SdkErrorCode$1) {
SdkErrorCode$1["NotConnected"] = "NOT_CONNECTED";
SdkErrorCode$1["AlreadyConnected"] = "ALREADY_CONNECTED";
SdkErrorCode$1["NotInitialized"] = "NOT_INITIALIZED";
SdkErrorCode$1["CapabilityNotSupported"] = "CAPABILITY_NOT_SUPPORTED";
SdkErrorCode$1["RequestTimeout"] = "REQUEST_TIMEOUT";
SdkErrorCode$1["ConnectionClosed"] = "CONNECTION_CLOSED";
SdkErrorCode$1["SendFailed"] = "SEND_FAILED";
SdkErrorCode$1["InvalidResult"] = "INVALID_RESULT";
SdkErrorCode$1["UnsupportedResultType"] = "UNSUPPORTED_RESULT_TYPE";
SdkErrorCode$1["InputRequiredRoundsExceeded"] = "INPUT_REQUIRED_ROUNDS_EXCEEDED";
SdkErrorCode$1["ListPaginationExceeded"] = "LIST_PAGINATION_EXCEEDED";
SdkErrorCode$1["MethodNotSupportedByProtocolVersion"] = "METHOD_NOT_SUPPORTED_BY_PROTOCOL_VERSION";
SdkErrorCode$1["EraNegotiationFailed"] = "ERA_NEGOTIATION_FAILED";
SdkErrorCode$1["ClientHttpNotImplemented"] = "CLIENT_HTTP_NOT_IMPLEMENTED";
SdkErrorCode$1["ClientHttpAuthentication"] = "CLIENT_HTTP_AUTHENTICATION";
SdkErrorCode$1["ClientHttpForbidden"] = "CLIENT_HTTP_FORBIDDEN";
SdkErrorCode$1["ClientHttpUnexpectedContent"] = "CLIENT_HTTP_UNEXPECTED_CONTENT";
SdkErrorCode$1["ClientHttpFailedToOpenStream"] = "CLIENT_HTTP_FAILED_TO_OPEN_STREAM";
SdkErrorCode$1["ClientHttpFailedToTerminateSession"] = "CLIENT_HTTP_FAILED_TO_TERMINATE_SESSION";
return SdkErrorCode$1;
}({});
var SdkError = class extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.SdkError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(code, message, data, options) {
super(message, options);
this.code = code;
this.data = data;
this.name = "SdkError";
stampErrorBrands(this, new.target);
}
};
var SdkHttpError = class extends SdkError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.SdkHttpError" });
}
constructor(code, message, data, options) {
super(code, message, data, options);
this.name = "SdkHttpError";
}
get status() {
return this.data.status;
}
get statusText() {
return this.data.statusText;
}
};
function resourceUrlFromServerUrl(url) {
const resourceURL = typeof url === "string" ? new URL(url) : new URL(url.href);
resourceURL.hash = "";
return resourceURL;
}
function checkResourceAllowed({ requestedResource, configuredResource }) {
const requested = typeof requestedResource === "string" ? new URL(requestedResource) : new URL(requestedResource.href);
const configured = typeof configuredResource === "string" ? new URL(configuredResource) : new URL(configuredResource.href);
if (requested.origin !== configured.origin) return false;
if (requested.pathname.length < configured.pathname.length) return false;
const requestedPath = requested.pathname.endsWith("/") ? requested.pathname : requested.pathname + "/";
const configuredPath = configured.pathname.endsWith("/") ? configured.pathname : configured.pathname + "/";
return requestedPath.startsWith(configuredPath);
}
const REQUIRED_CLIENT_CAPABILITIES_BY_METHOD = {};
function requiredClientCapabilitiesForRequest(method) {
return Object.hasOwn(REQUIRED_CLIENT_CAPABILITIES_BY_METHOD, method) ? REQUIRED_CLIENT_CAPABILITIES_BY_METHOD[method] : void 0;
}
function isPlainObject$7(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function isImpliedCapabilityMember(capability, member, declaredValue) {
return capability === "elicitation" && member === "form" && declaredValue["form"] === void 0 && declaredValue["url"] === void 0;
}
function requiredClientCapabilitiesForInputRequest(entry) {
switch (entry.method) {
case "elicitation/create":
if (entry.params?.["mode"] === "url") return { elicitation: { url: {} } };
return { elicitation: { form: {} } };
case "sampling/createMessage": {
const params = entry.params;
if (params !== void 0 && (params["tools"] !== void 0 || params["toolChoice"] !== void 0)) return { sampling: { tools: {} } };
return { sampling: {} };
}
case "roots/list": return { roots: {} };
default: return;
}
}
function missingClientCapabilities(required, declared) {
const missing = {};
for (const [capability, requirement] of Object.entries(required)) {
if (requirement === void 0) continue;
const declaredValue = declared === void 0 ? void 0 : declared[capability];
if (declaredValue === void 0) {
missing[capability] = requirement;
continue;
}
if (isPlainObject$7(requirement) && isPlainObject$7(declaredValue)) {
const missingMembers = {};
for (const [member, memberRequirement] of Object.entries(requirement)) if (memberRequirement !== void 0 && declaredValue[member] === void 0 && !isImpliedCapabilityMember(capability, member, declaredValue)) missingMembers[member] = memberRequirement;
if (Object.keys(missingMembers).length > 0) missing[capability] = missingMembers;
}
}
return Object.keys(missing).length > 0 ? missing : void 0;
}
const FIRST_MODERN_PROTOCOL_VERSION = "2026-07-28";
const SUPPORTED_MODERN_PROTOCOL_VERSIONS = [FIRST_MODERN_PROTOCOL_VERSION];
function isModernProtocolVersion(version) {
return version >= FIRST_MODERN_PROTOCOL_VERSION;
}
function legacyProtocolVersions(versions) {
return versions.filter((version) => !isModernProtocolVersion(version));
}
function modernProtocolVersions(versions) {
return versions.filter((version) => isModernProtocolVersion(version));
}
function appendTextFallbackForNonObject(result) {
const sc = result.structuredContent;
if (sc === void 0) return result;
if (!(typeof sc !== "object" || sc === null || Array.isArray(sc))) return result;
if (result.content?.some((c) => c.type === "text") ?? false) return result;
return {
...result,
content: [...result.content ?? [], {
type: "text",
text: JSON.stringify(sc)
}]
};
}
const TOOL_RESULT_FOREIGN_FAMILY_KEYS = [
"task",
"inputRequests",
"requestState"
];
function normalizeContentlessToolResult(value) {
if (value === null || typeof value !== "object" || Array.isArray(value) || value.content !== void 0 || TOOL_RESULT_FOREIGN_FAMILY_KEYS.some((key) => key in value)) return value;
return {
...value,
content: []
};
}
function build$1() {
const JSONValueSchema$1 = lazy(() => union([
string(),
number$1(),
boolean(),
_null(),
record(string(), JSONValueSchema$1),
array(JSONValueSchema$1)
]));
const JSONObjectSchema$1 = record(string(), JSONValueSchema$1);
const ProgressTokenSchema$1 = union([string(), number$1().int()]);
const CursorSchema$1 = string();
const TaskMetadataSchema$1 = object({ ttl: number$1().optional() });
const RelatedTaskMetadataSchema$1 = object({ taskId: string() });
const RequestMetaSchema$1 = looseObject({
progressToken: ProgressTokenSchema$1.optional(),
"io.modelcontextprotocol/related-task": RelatedTaskMetadataSchema$1.optional()
});
const BaseRequestParamsSchema$1 = object({ _meta: RequestMetaSchema$1.optional() });
const TaskAugmentedRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({ task: TaskMetadataSchema$1.optional() });
const RequestSchema$1 = object({
method: string(),
params: BaseRequestParamsSchema$1.loose().optional()
});
const NotificationsParamsSchema$1 = object({ _meta: RequestMetaSchema$1.optional() });
const NotificationSchema$1 = object({
method: string(),
params: NotificationsParamsSchema$1.loose().optional()
});
const ResultSchema$1 = looseObject({ _meta: RequestMetaSchema$1.optional() });
const RequestIdSchema$1 = union([string(), number$1().int()]);
const EmptyResultSchema$1 = ResultSchema$1.strict();
const CancelledNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({
requestId: RequestIdSchema$1.optional(),
reason: string().optional()
});
const CancelledNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/cancelled"),
params: CancelledNotificationParamsSchema$1
});
const IconSchema$1 = object({
src: string(),
mimeType: string().optional(),
sizes: array(string()).optional(),
theme: _enum(["light", "dark"]).optional()
});
const IconsSchema$1 = object({ icons: array(IconSchema$1).optional() });
const BaseMetadataSchema$1 = object({
name: string(),
title: string().optional()
});
const ImplementationSchema$1 = BaseMetadataSchema$1.extend({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
version: string(),
websiteUrl: string().optional(),
description: string().optional()
});
const FormElicitationCapabilitySchema = intersection(object({ applyDefaults: boolean().optional() }), JSONObjectSchema$1);
const ElicitationCapabilitySchema = preprocess((value) => {
if (value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0) return { form: {} };
return value;
}, intersection(object({
form: FormElicitationCapabilitySchema.optional(),
url: JSONObjectSchema$1.optional()
}), JSONObjectSchema$1.optional()));
const ClientTasksCapabilitySchema$1 = looseObject({
list: JSONObjectSchema$1.optional(),
cancel: JSONObjectSchema$1.optional(),
requests: looseObject({
sampling: looseObject({ createMessage: JSONObjectSchema$1.optional() }).optional(),
elicitation: looseObject({ create: JSONObjectSchema$1.optional() }).optional()
}).optional()
});
const ServerTasksCapabilitySchema$1 = looseObject({
list: JSONObjectSchema$1.optional(),
cancel: JSONObjectSchema$1.optional(),
requests: looseObject({ tools: looseObject({ call: JSONObjectSchema$1.optional() }).optional() }).optional()
});
const ClientCapabilitiesSchema$1 = object({
experimental: record(string(), JSONObjectSchema$1).optional(),
sampling: object({
context: JSONObjectSchema$1.optional(),
tools: JSONObjectSchema$1.optional()
}).optional(),
elicitation: ElicitationCapabilitySchema.optional(),
roots: object({ listChanged: boolean().optional() }).optional(),
tasks: ClientTasksCapabilitySchema$1.optional(),
extensions: record(string(), JSONObjectSchema$1).optional()
});
const InitializeRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({
protocolVersion: string(),
capabilities: ClientCapabilitiesSchema$1,
clientInfo: ImplementationSchema$1
});
const InitializeRequestSchema$1 = RequestSchema$1.extend({
method: literal("initialize"),
params: InitializeRequestParamsSchema$1
});
const ServerCapabilitiesSchema$1 = object({
experimental: record(string(), JSONObjectSchema$1).optional(),
logging: JSONObjectSchema$1.optional(),
completions: JSONObjectSchema$1.optional(),
prompts: object({ listChanged: boolean().optional() }).optional(),
resources: object({
subscribe: boolean().optional(),
listChanged: boolean().optional()
}).optional(),
tools: object({ listChanged: boolean().optional() }).optional(),
tasks: ServerTasksCapabilitySchema$1.optional(),
extensions: record(string(), JSONObjectSchema$1).optional()
});
const InitializeResultSchema$1 = ResultSchema$1.extend({
protocolVersion: string(),
capabilities: ServerCapabilitiesSchema$1,
serverInfo: ImplementationSchema$1,
instructions: string().optional()
});
const InitializedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/initialized"),
params: NotificationsParamsSchema$1.optional()
});
const PingRequestSchema$1 = RequestSchema$1.extend({
method: literal("ping"),
params: BaseRequestParamsSchema$1.optional()
});
const ProgressSchema$1 = object({
progress: number$1(),
total: optional(number$1()),
message: optional(string())
});
const ProgressNotificationParamsSchema$1 = object({
...NotificationsParamsSchema$1.shape,
...ProgressSchema$1.shape,
progressToken: ProgressTokenSchema$1
});
const ProgressNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/progress"),
params: ProgressNotificationParamsSchema$1
});
const PaginatedRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({ cursor: CursorSchema$1.optional() });
const PaginatedRequestSchema$1 = RequestSchema$1.extend({ params: PaginatedRequestParamsSchema$1.optional() });
const PaginatedResultSchema$1 = ResultSchema$1.extend({ nextCursor: CursorSchema$1.optional() });
const ResourceContentsSchema$1 = object({
uri: string(),
mimeType: optional(string()),
_meta: record(string(), unknown()).optional()
});
const TextResourceContentsSchema$1 = ResourceContentsSchema$1.extend({ text: string() });
const Base64Schema = string().refine((val) => {
try {
atob(val);
return true;
} catch {
return false;
}
}, { message: "Invalid Base64 string" });
const BlobResourceContentsSchema$1 = ResourceContentsSchema$1.extend({ blob: Base64Schema });
const RoleSchema$1 = _enum(["user", "assistant"]);
const AnnotationsSchema$1 = object({
audience: array(RoleSchema$1).optional(),
priority: number$1().min(0).max(1).optional(),
lastModified: datetime({ offset: true }).optional()
});
const ResourceSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
uri: string(),
description: optional(string()),
mimeType: optional(string()),
size: optional(number$1()),
annotations: AnnotationsSchema$1.optional(),
_meta: optional(looseObject({}))
});
const ResourceTemplateSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
uriTemplate: string(),
description: optional(string()),
mimeType: optional(string()),
annotations: AnnotationsSchema$1.optional(),
_meta: optional(looseObject({}))
});
const ListResourcesRequestSchema$1 = PaginatedRequestSchema$1.extend({ method: literal("resources/list") });
const ListResourcesResultSchema$1 = PaginatedResultSchema$1.extend({ resources: array(ResourceSchema$1) });
const ListResourceTemplatesRequestSchema$1 = PaginatedRequestSchema$1.extend({ method: literal("resources/templates/list") });
const ListResourceTemplatesResultSchema$1 = PaginatedResultSchema$1.extend({ resourceTemplates: array(ResourceTemplateSchema$1) });
const ResourceRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({ uri: string() });
const ReadResourceRequestParamsSchema$1 = ResourceRequestParamsSchema$1;
const ReadResourceRequestSchema$1 = RequestSchema$1.extend({
method: literal("resources/read"),
params: ReadResourceRequestParamsSchema$1
});
const ReadResourceResultSchema$1 = ResultSchema$1.extend({ contents: array(union([TextResourceContentsSchema$1, BlobResourceContentsSchema$1])) });
const ResourceListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/resources/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const SubscribeRequestParamsSchema$1 = ResourceRequestParamsSchema$1;
const SubscribeRequestSchema$1 = RequestSchema$1.extend({
method: literal("resources/subscribe"),
params: SubscribeRequestParamsSchema$1
});
const UnsubscribeRequestParamsSchema$1 = ResourceRequestParamsSchema$1;
const UnsubscribeRequestSchema$1 = RequestSchema$1.extend({
method: literal("resources/unsubscribe"),
params: UnsubscribeRequestParamsSchema$1
});
const ResourceUpdatedNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({ uri: string() });
const ResourceUpdatedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/resources/updated"),
params: ResourceUpdatedNotificationParamsSchema$1
});
const PromptArgumentSchema$1 = object({
name: string(),
description: optional(string()),
required: optional(boolean())
});
const PromptSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
description: optional(string()),
arguments: optional(array(PromptArgumentSchema$1)),
_meta: optional(looseObject({}))
});
const ListPromptsRequestSchema$1 = PaginatedRequestSchema$1.extend({ method: literal("prompts/list") });
const ListPromptsResultSchema$1 = PaginatedResultSchema$1.extend({ prompts: array(PromptSchema$1) });
const GetPromptRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({
name: string(),
arguments: record(string(), string()).optional()
});
const GetPromptRequestSchema$1 = RequestSchema$1.extend({
method: literal("prompts/get"),
params: GetPromptRequestParamsSchema$1
});
const TextContentSchema$1 = object({
type: literal("text"),
text: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ImageContentSchema$1 = object({
type: literal("image"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const AudioContentSchema$1 = object({
type: literal("audio"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ToolUseContentSchema$1 = object({
type: literal("tool_use"),
name: string(),
id: string(),
input: record(string(), unknown()),
_meta: record(string(), unknown()).optional()
});
const EmbeddedResourceSchema$1 = object({
type: literal("resource"),
resource: union([TextResourceContentsSchema$1, BlobResourceContentsSchema$1]),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ResourceLinkSchema$1 = ResourceSchema$1.extend({ type: literal("resource_link") });
const ContentBlockSchema$1 = union([
TextContentSchema$1,
ImageContentSchema$1,
AudioContentSchema$1,
ResourceLinkSchema$1,
EmbeddedResourceSchema$1
]);
const PromptMessageSchema$1 = object({
role: RoleSchema$1,
content: ContentBlockSchema$1
});
const GetPromptResultSchema$1 = ResultSchema$1.extend({
description: string().optional(),
messages: array(PromptMessageSchema$1)
});
const PromptListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/prompts/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const ToolAnnotationsSchema$1 = object({
title: string().optional(),
readOnlyHint: boolean().optional(),
destructiveHint: boolean().optional(),
idempotentHint: boolean().optional(),
openWorldHint: boolean().optional()
});
const ToolExecutionSchema$1 = object({ taskSupport: _enum([
"required",
"optional",
"forbidden"
]).optional() });
const ToolSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
description: string().optional(),
inputSchema: object({
type: literal("object"),
properties: record(string(), JSONValueSchema$1).optional(),
required: array(string()).optional()
}).catchall(unknown()),
outputSchema: object({
type: literal("object"),
properties: record(string(), JSONValueSchema$1).optional(),
required: array(string()).optional()
}).catchall(unknown()).optional(),
annotations: ToolAnnotationsSchema$1.optional(),
execution: ToolExecutionSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ListToolsRequestSchema$1 = PaginatedRequestSchema$1.extend({ method: literal("tools/list") });
const ListToolsResultSchema$1 = PaginatedResultSchema$1.extend({ tools: array(ToolSchema$1) });
const CallToolResultSchema$1 = ResultSchema$1.extend({
content: array(ContentBlockSchema$1),
structuredContent: record(string(), unknown()).optional(),
isError: boolean().optional()
});
const CallToolRequestParamsSchema$1 = TaskAugmentedRequestParamsSchema$1.extend({
name: string(),
arguments: record(string(), unknown()).optional()
});
const CallToolRequestSchema$1 = RequestSchema$1.extend({
method: literal("tools/call"),
params: CallToolRequestParamsSchema$1
});
const ToolListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/tools/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const LoggingLevelSchema$1 = _enum([
"debug",
"info",
"notice",
"warning",
"error",
"critical",
"alert",
"emergency"
]);
const SetLevelRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({ level: LoggingLevelSchema$1 });
const SetLevelRequestSchema$1 = RequestSchema$1.extend({
method: literal("logging/setLevel"),
params: SetLevelRequestParamsSchema$1
});
const LoggingMessageNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({
level: LoggingLevelSchema$1,
logger: string().optional(),
data: unknown()
});
const LoggingMessageNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/message"),
params: LoggingMessageNotificationParamsSchema$1
});
const ModelHintSchema$1 = object({ name: string().optional() });
const ModelPreferencesSchema$1 = object({
hints: array(ModelHintSchema$1).optional(),
costPriority: number$1().min(0).max(1).optional(),
speedPriority: number$1().min(0).max(1).optional(),
intelligencePriority: number$1().min(0).max(1).optional()
});
const ToolChoiceSchema$1 = object({ mode: _enum([
"auto",
"required",
"none"
]).optional() });
const ToolResultContentSchema$1 = object({
type: literal("tool_result"),
toolUseId: string().describe("The unique identifier for the corresponding tool call."),
content: array(ContentBlockSchema$1),
structuredContent: object({}).loose().optional(),
isError: boolean().optional(),
_meta: record(string(), unknown()).optional()
});
const SamplingContentSchema$1 = discriminatedUnion("type", [
TextContentSchema$1,
ImageContentSchema$1,
AudioContentSchema$1
]);
const SamplingMessageContentBlockSchema$1 = discriminatedUnion("type", [
TextContentSchema$1,
ImageContentSchema$1,
AudioContentSchema$1,
ToolUseContentSchema$1,
ToolResultContentSchema$1
]);
const SamplingMessageSchema$1 = object({
role: RoleSchema$1,
content: union([SamplingMessageContentBlockSchema$1, array(SamplingMessageContentBlockSchema$1)]),
_meta: record(string(), unknown()).optional()
});
const CreateMessageRequestParamsSchema$1 = TaskAugmentedRequestParamsSchema$1.extend({
messages: array(SamplingMessageSchema$1),
modelPreferences: ModelPreferencesSchema$1.optional(),
systemPrompt: string().optional(),
includeContext: _enum([
"none",
"thisServer",
"allServers"
]).optional(),
temperature: number$1().optional(),
maxTokens: number$1().int(),
stopSequences: array(string()).optional(),
metadata: JSONObjectSchema$1.optional(),
tools: array(ToolSchema$1).optional(),
toolChoice: ToolChoiceSchema$1.optional()
});
const CreateMessageRequestSchema$1 = RequestSchema$1.extend({
method: literal("sampling/createMessage"),
params: CreateMessageRequestParamsSchema$1
});
const CreateMessageResultSchema$1 = ResultSchema$1.extend({
model: string(),
stopReason: optional(_enum([
"endTurn",
"stopSequence",
"maxTokens"
]).or(string())),
role: RoleSchema$1,
content: SamplingContentSchema$1
});
const CreateMessageResultWithToolsSchema$1 = ResultSchema$1.extend({
model: string(),
stopReason: optional(_enum([
"endTurn",
"stopSequence",
"maxTokens",
"toolUse"
]).or(string())),
role: RoleSchema$1,
content: union([SamplingMessageContentBlockSchema$1, array(SamplingMessageContentBlockSchema$1)])
});
const BooleanSchemaSchema$1 = object({
type: literal("boolean"),
title: string().optional(),
description: string().optional(),
default: boolean().optional()
});
const StringSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
minLength: number$1().optional(),
maxLength: number$1().optional(),
format: _enum([
"email",
"uri",
"date",
"date-time"
]).optional(),
default: string().optional()
});
const NumberSchemaSchema$1 = object({
type: _enum(["number", "integer"]),
title: string().optional(),
description: string().optional(),
minimum: number$1().optional(),
maximum: number$1().optional(),
default: number$1().optional()
});
const UntitledSingleSelectEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
default: string().optional()
});
const TitledSingleSelectEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
oneOf: array(object({
const: string(),
title: string()
})),
default: string().optional()
});
const LegacyTitledEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
enumNames: array(string()).optional(),
default: string().optional()
});
const SingleSelectEnumSchemaSchema$1 = union([UntitledSingleSelectEnumSchemaSchema$1, TitledSingleSelectEnumSchemaSchema$1]);
const UntitledMultiSelectEnumSchemaSchema$1 = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({
type: literal("string"),
enum: array(string())
}),
default: array(string()).optional()
});
const TitledMultiSelectEnumSchemaSchema$1 = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({ anyOf: array(object({
const: string(),
title: string()
})) }),
default: array(string()).optional()
});
const MultiSelectEnumSchemaSchema$1 = union([UntitledMultiSelectEnumSchemaSchema$1, TitledMultiSelectEnumSchemaSchema$1]);
const EnumSchemaSchema$1 = union([
LegacyTitledEnumSchemaSchema$1,
SingleSelectEnumSchemaSchema$1,
MultiSelectEnumSchemaSchema$1
]);
const PrimitiveSchemaDefinitionSchema$1 = union([
EnumSchemaSchema$1,
BooleanSchemaSchema$1,
StringSchemaSchema$1,
NumberSchemaSchema$1
]);
const ElicitRequestFormParamsSchema$1 = TaskAugmentedRequestParamsSchema$1.extend({
mode: literal("form").optional(),
message: string(),
requestedSchema: object({
type: literal("object"),
properties: record(string(), PrimitiveSchemaDefinitionSchema$1),
required: array(string()).optional()
}).catchall(unknown())
});
const ElicitRequestURLParamsSchema$1 = TaskAugmentedRequestParamsSchema$1.extend({
mode: literal("url"),
message: string(),
elicitationId: string(),
url: string().url()
});
const ElicitRequestParamsSchema$1 = union([ElicitRequestFormParamsSchema$1, ElicitRequestURLParamsSchema$1]);
const ElicitRequestSchema$1 = RequestSchema$1.extend({
method: literal("elicitation/create"),
params: ElicitRequestParamsSchema$1
});
const ElicitationCompleteNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({ elicitationId: string() });
const ElicitationCompleteNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/elicitation/complete"),
params: ElicitationCompleteNotificationParamsSchema$1
});
const ElicitResultSchema$1 = ResultSchema$1.extend({
action: _enum([
"accept",
"decline",
"cancel"
]),
content: preprocess((val) => val === null ? void 0 : val, record(string(), union([
string(),
number$1(),
boolean(),
array(string())
])).optional())
});
const ResourceTemplateReferenceSchema$1 = object({
type: literal("ref/resource"),
uri: string()
});
const PromptReferenceSchema$1 = object({
type: literal("ref/prompt"),
name: string()
});
const CompleteRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({
ref: union([PromptReferenceSchema$1, ResourceTemplateReferenceSchema$1]),
argument: object({
name: string(),
value: string()
}),
context: object({ arguments: record(string(), string()).optional() }).optional()
});
const CompleteRequestSchema$1 = RequestSchema$1.extend({
method: literal("completion/complete"),
params: CompleteRequestParamsSchema$1
});
const CompleteResultSchema$1 = ResultSchema$1.extend({ completion: looseObject({
values: array(string()).max(100),
total: optional(number$1().int()),
hasMore: optional(boolean())
}) });
const RootSchema$1 = object({
uri: string().startsWith("file://"),
name: string().optional(),
_meta: record(string(), unknown()).optional()
});
const ListRootsRequestSchema$1 = RequestSchema$1.extend({
method: literal("roots/list"),
params: BaseRequestParamsSchema$1.optional()
});
const ListRootsResultSchema$1 = ResultSchema$1.extend({ roots: array(RootSchema$1) });
const RootsListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/roots/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const TaskCreationParamsSchema$1 = looseObject({
ttl: number$1().optional(),
pollInterval: number$1().optional()
});
const TaskStatusSchema$1 = _enum([
"working",
"input_required",
"completed",
"failed",
"cancelled"
]);
const TaskSchema$1 = object({
taskId: string(),
status: TaskStatusSchema$1,
ttl: union([number$1(), _null()]),
createdAt: string(),
lastUpdatedAt: string(),
pollInterval: optional(number$1()),
statusMessage: optional(string())
});
const CreateTaskResultSchema$1 = ResultSchema$1.extend({ task: TaskSchema$1 });
const TaskStatusNotificationParamsSchema$1 = NotificationsParamsSchema$1.merge(TaskSchema$1);
const TaskStatusNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/tasks/status"),
params: TaskStatusNotificationParamsSchema$1
});
const GetTaskRequestSchema$1 = RequestSchema$1.extend({
method: literal("tasks/get"),
params: BaseRequestParamsSchema$1.extend({ taskId: string() })
});
const GetTaskResultSchema$1 = ResultSchema$1.merge(TaskSchema$1);
const GetTaskPayloadRequestSchema$1 = RequestSchema$1.extend({
method: literal("tasks/result"),
params: BaseRequestParamsSchema$1.extend({ taskId: string() })
});
const GetTaskPayloadResultSchema$1 = ResultSchema$1.loose();
const ListTasksRequestSchema$1 = PaginatedRequestSchema$1.extend({ method: literal("tasks/list") });
const ListTasksResultSchema$1 = PaginatedResultSchema$1.extend({ tasks: array(TaskSchema$1) });
const CancelTaskRequestSchema$1 = RequestSchema$1.extend({
method: literal("tasks/cancel"),
params: BaseRequestParamsSchema$1.extend({ taskId: string() })
});
return {
JSONValueSchema: JSONValueSchema$1,
JSONObjectSchema: JSONObjectSchema$1,
ProgressTokenSchema: ProgressTokenSchema$1,
CursorSchema: CursorSchema$1,
TaskMetadataSchema: TaskMetadataSchema$1,
RelatedTaskMetadataSchema: RelatedTaskMetadataSchema$1,
RequestMetaSchema: RequestMetaSchema$1,
BaseRequestParamsSchema: BaseRequestParamsSchema$1,
TaskAugmentedRequestParamsSchema: TaskAugmentedRequestParamsSchema$1,
RequestSchema: RequestSchema$1,
NotificationsParamsSchema: NotificationsParamsSchema$1,
NotificationSchema: NotificationSchema$1,
ResultSchema: ResultSchema$1,
RequestIdSchema: RequestIdSchema$1,
EmptyResultSchema: EmptyResultSchema$1,
CancelledNotificationParamsSchema: CancelledNotificationParamsSchema$1,
CancelledNotificationSchema: CancelledNotificationSchema$1,
IconSchema: IconSchema$1,
IconsSchema: IconsSchema$1,
BaseMetadataSchema: BaseMetadataSchema$1,
ImplementationSchema: ImplementationSchema$1,
ClientTasksCapabilitySchema: ClientTasksCapabilitySchema$1,
ServerTasksCapabilitySchema: ServerTasksCapabilitySchema$1,
ClientCapabilitiesSchema: ClientCapabilitiesSchema$1,
InitializeRequestParamsSchema: InitializeRequestParamsSchema$1,
InitializeRequestSchema: InitializeRequestSchema$1,
ServerCapabilitiesSchema: ServerCapabilitiesSchema$1,
InitializeResultSchema: InitializeResultSchema$1,
InitializedNotificationSchema: InitializedNotificationSchema$1,
PingRequestSchema: PingRequestSchema$1,
ProgressSchema: ProgressSchema$1,
ProgressNotificationParamsSchema: ProgressNotificationParamsSchema$1,
ProgressNotificationSchema: ProgressNotificationSchema$1,
PaginatedRequestParamsSchema: PaginatedRequestParamsSchema$1,
PaginatedRequestSchema: PaginatedRequestSchema$1,
PaginatedResultSchema: PaginatedResultSchema$1,
ResourceContentsSchema: ResourceContentsSchema$1,
TextResourceContentsSchema: TextResourceContentsSchema$1,
BlobResourceContentsSchema: BlobResourceContentsSchema$1,
RoleSchema: RoleSchema$1,
AnnotationsSchema: AnnotationsSchema$1,
ResourceSchema: ResourceSchema$1,
ResourceTemplateSchema: ResourceTemplateSchema$1,
ListResourcesRequestSchema: ListResourcesRequestSchema$1,
ListResourcesResultSchema: ListResourcesResultSchema$1,
ListResourceTemplatesRequestSchema: ListResourceTemplatesRequestSchema$1,
ListResourceTemplatesResultSchema: ListResourceTemplatesResultSchema$1,
ResourceRequestParamsSchema: ResourceRequestParamsSchema$1,
ReadResourceRequestParamsSchema: ReadResourceRequestParamsSchema$1,
ReadResourceRequestSchema: ReadResourceRequestSchema$1,
ReadResourceResultSchema: ReadResourceResultSchema$1,
ResourceListChangedNotificationSchema: ResourceListChangedNotificationSchema$1,
SubscribeRequestParamsSchema: SubscribeRequestParamsSchema$1,
SubscribeRequestSchema: SubscribeRequestSchema$1,
UnsubscribeRequestParamsSchema: UnsubscribeRequestParamsSchema$1,
UnsubscribeRequestSchema: UnsubscribeRequestSchema$1,
ResourceUpdatedNotificationParamsSchema: ResourceUpdatedNotificationParamsSchema$1,
ResourceUpdatedNotificationSchema: ResourceUpdatedNotificationSchema$1,
PromptArgumentSchema: PromptArgumentSchema$1,
PromptSchema: PromptSchema$1,
ListPromptsRequestSchema: ListPromptsRequestSchema$1,
ListPromptsResultSchema: ListPromptsResultSchema$1,
GetPromptRequestParamsSchema: GetPromptRequestParamsSchema$1,
GetPromptRequestSchema: GetPromptRequestSchema$1,
TextContentSchema: TextContentSchema$1,
ImageContentSchema: ImageContentSchema$1,
AudioContentSchema: AudioContentSchema$1,
ToolUseContentSchema: ToolUseContentSchema$1,
EmbeddedResourceSchema: EmbeddedResourceSchema$1,
ResourceLinkSchema: ResourceLinkSchema$1,
ContentBlockSchema: ContentBlockSchema$1,
PromptMessageSchema: PromptMessageSchema$1,
GetPromptResultSchema: GetPromptResultSchema$1,
PromptListChangedNotificationSchema: PromptListChangedNotificationSchema$1,
ToolAnnotationsSchema: ToolAnnotationsSchema$1,
ToolExecutionSchema: ToolExecutionSchema$1,
ToolSchema: ToolSchema$1,
ListToolsRequestSchema: ListToolsRequestSchema$1,
ListToolsResultSchema: ListToolsResultSchema$1,
CallToolResultSchema: CallToolResultSchema$1,
CallToolRequestParamsSchema: CallToolRequestParamsSchema$1,
CallToolRequestSchema: CallToolRequestSchema$1,
ToolListChangedNotificationSchema: ToolListChangedNotificationSchema$1,
LoggingLevelSchema: LoggingLevelSchema$1,
SetLevelRequestParamsSchema: SetLevelRequestParamsSchema$1,
SetLevelRequestSchema: SetLevelRequestSchema$1,
LoggingMessageNotificationParamsSchema: LoggingMessageNotificationParamsSchema$1,
LoggingMessageNotificationSchema: LoggingMessageNotificationSchema$1,
ModelHintSchema: ModelHintSchema$1,
ModelPreferencesSchema: ModelPreferencesSchema$1,
ToolChoiceSchema: ToolChoiceSchema$1,
ToolResultContentSchema: ToolResultContentSchema$1,
SamplingContentSchema: SamplingContentSchema$1,
SamplingMessageContentBlockSchema: SamplingMessageContentBlockSchema$1,
SamplingMessageSchema: SamplingMessageSchema$1,
CreateMessageRequestParamsSchema: CreateMessageRequestParamsSchema$1,
CreateMessageRequestSchema: CreateMessageRequestSchema$1,
CreateMessageResultSchema: CreateMessageResultSchema$1,
CreateMessageResultWithToolsSchema: CreateMessageResultWithToolsSchema$1,
BooleanSchemaSchema: BooleanSchemaSchema$1,
StringSchemaSchema: StringSchemaSchema$1,
NumberSchemaSchema: NumberSchemaSchema$1,
UntitledSingleSelectEnumSchemaSchema: UntitledSingleSelectEnumSchemaSchema$1,
TitledSingleSelectEnumSchemaSchema: TitledSingleSelectEnumSchemaSchema$1,
LegacyTitledEnumSchemaSchema: LegacyTitledEnumSchemaSchema$1,
SingleSelectEnumSchemaSchema: SingleSelectEnumSchemaSchema$1,
UntitledMultiSelectEnumSchemaSchema: UntitledMultiSelectEnumSchemaSchema$1,
TitledMultiSelectEnumSchemaSchema: TitledMultiSelectEnumSchemaSchema$1,
MultiSelectEnumSchemaSchema: MultiSelectEnumSchemaSchema$1,
EnumSchemaSchema: EnumSchemaSchema$1,
PrimitiveSchemaDefinitionSchema: PrimitiveSchemaDefinitionSchema$1,
ElicitRequestFormParamsSchema: ElicitRequestFormParamsSchema$1,
ElicitRequestURLParamsSchema: ElicitRequestURLParamsSchema$1,
ElicitRequestParamsSchema: ElicitRequestParamsSchema$1,
ElicitRequestSchema: ElicitRequestSchema$1,
ElicitationCompleteNotificationParamsSchema: ElicitationCompleteNotificationParamsSchema$1,
ElicitationCompleteNotificationSchema: ElicitationCompleteNotificationSchema$1,
ElicitResultSchema: ElicitResultSchema$1,
ResourceTemplateReferenceSchema: ResourceTemplateReferenceSchema$1,
PromptReferenceSchema: PromptReferenceSchema$1,
CompleteRequestParamsSchema: CompleteRequestParamsSchema$1,
CompleteRequestSchema: CompleteRequestSchema$1,
CompleteResultSchema: CompleteResultSchema$1,
RootSchema: RootSchema$1,
ListRootsRequestSchema: ListRootsRequestSchema$1,
ListRootsResultSchema: ListRootsResultSchema$1,
RootsListChangedNotificationSchema: RootsListChangedNotificationSchema$1,
TaskCreationParamsSchema: TaskCreationParamsSchema$1,
TaskStatusSchema: TaskStatusSchema$1,
TaskSchema: TaskSchema$1,
CreateTaskResultSchema: CreateTaskResultSchema$1,
TaskStatusNotificationParamsSchema: TaskStatusNotificationParamsSchema$1,
TaskStatusNotificationSchema: TaskStatusNotificationSchema$1,
GetTaskRequestSchema: GetTaskRequestSchema$1,
GetTaskResultSchema: GetTaskResultSchema$1,
GetTaskPayloadRequestSchema: GetTaskPayloadRequestSchema$1,
GetTaskPayloadResultSchema: GetTaskPayloadResultSchema$1,
ListTasksRequestSchema: ListTasksRequestSchema$1,
ListTasksResultSchema: ListTasksResultSchema$1,
CancelTaskRequestSchema: CancelTaskRequestSchema$1,
CancelTaskResultSchema: ResultSchema$1.merge(TaskSchema$1),
ClientRequestSchema: union([
PingRequestSchema$1,
InitializeRequestSchema$1,
CompleteRequestSchema$1,
SetLevelRequestSchema$1,
GetPromptRequestSchema$1,
ListPromptsRequestSchema$1,
ListResourcesRequestSchema$1,
ListResourceTemplatesRequestSchema$1,
ReadResourceRequestSchema$1,
SubscribeRequestSchema$1,
UnsubscribeRequestSchema$1,
CallToolRequestSchema$1,
ListToolsRequestSchema$1,
GetTaskRequestSchema$1,
GetTaskPayloadRequestSchema$1,
ListTasksRequestSchema$1,
CancelTaskRequestSchema$1
]),
ClientNotificationSchema: union([
CancelledNotificationSchema$1,
ProgressNotificationSchema$1,
InitializedNotificationSchema$1,
RootsListChangedNotificationSchema$1,
TaskStatusNotificationSchema$1
]),
ClientResultSchema: union([
EmptyResultSchema$1,
CreateMessageResultSchema$1,
CreateMessageResultWithToolsSchema$1,
ElicitResultSchema$1,
ListRootsResultSchema$1,
GetTaskResultSchema$1,
ListTasksResultSchema$1,
CreateTaskResultSchema$1
]),
ServerRequestSchema: union([
PingRequestSchema$1,
CreateMessageRequestSchema$1,
ElicitRequestSchema$1,
ListRootsRequestSchema$1,
GetTaskRequestSchema$1,
GetTaskPayloadRequestSchema$1,
ListTasksRequestSchema$1,
CancelTaskRequestSchema$1
]),
ServerNotificationSchema: union([
CancelledNotificationSchema$1,
ProgressNotificationSchema$1,
LoggingMessageNotificationSchema$1,
ResourceUpdatedNotificationSchema$1,
ResourceListChangedNotificationSchema$1,
ToolListChangedNotificationSchema$1,
PromptListChangedNotificationSchema$1,
TaskStatusNotificationSchema$1,
ElicitationCompleteNotificationSchema$1
]),
ServerResultSchema: union([
EmptyResultSchema$1,
InitializeResultSchema$1,
CompleteResultSchema$1,
GetPromptResultSchema$1,
ListPromptsResultSchema$1,
ListResourcesResultSchema$1,
ListResourceTemplatesResultSchema$1,
ReadResourceResultSchema$1,
CallToolResultSchema$1,
ListToolsResultSchema$1,
GetTaskResultSchema$1,
ListTasksResultSchema$1,
CreateTaskResultSchema$1
]),
CallToolResultWireSchema: unknown().superRefine((value, ctx) => {
if (typeof value !== "object" || value === null || Array.isArray(value) || value.content !== void 0) return;
for (const key of TOOL_RESULT_FOREIGN_FAMILY_KEYS) if (key in value) {
ctx.addIssue({
code: "custom",
message: `content is required when the body carries '${key}' — another result family cannot default into an empty tools/call success`
});
return;
}
}).transform(normalizeContentlessToolResult).pipe(CallToolResultSchema$1)
};
}
let memo$1;
function buildSchemas2025() {
return memo$1 ??= build$1();
}
function isNonObjectJsonSchemaRoot(json) {
return json["type"] !== "object";
}
const REF_REWRITE_DATA_POSITION_KEYS = new Set([
"const",
"enum",
"default",
"examples"
]);
const REF_REWRITE_NAME_MAP_KEYS = new Set([
"properties",
"patternProperties",
"$defs",
"definitions",
"dependentSchemas",
"dependencies"
]);
function establishesNewBase(id) {
return id !== void 0 && !(typeof id === "string" && id.startsWith("#"));
}
function wrapOutputSchemaForLegacy(natural) {
const $schema = typeof natural["$schema"] === "string" ? natural["$schema"] : void 0;
if (establishesNewBase(natural["$id"])) return {
...$schema !== void 0 && { $schema },
type: "object",
properties: { result: natural },
required: ["result"]
};
const convertRecursiveRefs = declares2019Dialect(natural["$schema"]) && natural["$recursiveAnchor"] !== true;
const rewriteRefs = (node, parentIsNameMap) => {
if (Array.isArray(node)) return node.map((item) => rewriteRefs(item, false));
if (node === null || typeof node !== "object") return node;
if (!parentIsNameMap && establishesNewBase(node["$id"])) return node;
const out = {};
let convertedRecursion = false;
for (const [k, v] of Object.entries(node)) if (parentIsNameMap) out[k] = rewriteRefs(v, false);
else if ((k === "$ref" || k === "$dynamicRef") && typeof v === "string") out[k] = v === "#" ? "#/properties/result" : v.startsWith("#/") ? `#/properties/result${v.slice(1)}` : v;
else if (k === "$recursiveRef" && v === "#" && convertRecursiveRefs) convertedRecursion = true;
else if (REF_REWRITE_DATA_POSITION_KEYS.has(k)) out[k] = v;
else if (REF_REWRITE_NAME_MAP_KEYS.has(k)) out[k] = rewriteRefs(v, true);
else out[k] = rewriteRefs(v, false);
if (convertedRecursion) if ("$ref" in out) out["allOf"] = [...Array.isArray(out["allOf"]) ? out["allOf"] : [], { $ref: "#/properties/result" }];
else out["$ref"] = "#/properties/result";
return out;
};
return {
...$schema !== void 0 && { $schema },
type: "object",
properties: { result: rewriteRefs(natural, false) },
required: ["result"]
};
}
const requestMethodKeys$1 = {
ping: null,
initialize: null,
"completion/complete": null,
"logging/setLevel": null,
"prompts/get": null,
"prompts/list": null,
"resources/list": null,
"resources/templates/list": null,
"resources/read": null,
"resources/subscribe": null,
"resources/unsubscribe": null,
"tools/call": null,
"tools/list": null,
"tasks/get": null,
"tasks/result": null,
"tasks/list": null,
"tasks/cancel": null,
"sampling/createMessage": null,
"elicitation/create": null,
"roots/list": null
};
const notificationMethodKeys$1 = {
"notifications/cancelled": null,
"notifications/progress": null,
"notifications/initialized": null,
"notifications/roots/list_changed": null,
"notifications/tasks/status": null,
"notifications/message": null,
"notifications/resources/updated": null,
"notifications/resources/list_changed": null,
"notifications/tools/list_changed": null,
"notifications/prompts/list_changed": null,
"notifications/elicitation/complete": null
};
const resultMethodKeys = {
ping: null,
initialize: null,
"completion/complete": null,
"logging/setLevel": null,
"prompts/get": null,
"prompts/list": null,
"resources/list": null,
"resources/templates/list": null,
"resources/read": null,
"resources/subscribe": null,
"resources/unsubscribe": null,
"tools/call": null,
"tools/list": null,
"sampling/createMessage": null,
"elicitation/create": null,
"roots/list": null
};
let maps$1;
function registryMaps() {
if (maps$1) return maps$1;
const s = buildSchemas2025();
maps$1 = {
requestSchemas: {
ping: s.PingRequestSchema,
initialize: s.InitializeRequestSchema,
"completion/complete": s.CompleteRequestSchema,
"logging/setLevel": s.SetLevelRequestSchema,
"prompts/get": s.GetPromptRequestSchema,
"prompts/list": s.ListPromptsRequestSchema,
"resources/list": s.ListResourcesRequestSchema,
"resources/templates/list": s.ListResourceTemplatesRequestSchema,
"resources/read": s.ReadResourceRequestSchema,
"resources/subscribe": s.SubscribeRequestSchema,
"resources/unsubscribe": s.UnsubscribeRequestSchema,
"tools/call": s.CallToolRequestSchema,
"tools/list": s.ListToolsRequestSchema,
"tasks/get": s.GetTaskRequestSchema,
"tasks/result": s.GetTaskPayloadRequestSchema,
"tasks/list": s.ListTasksRequestSchema,
"tasks/cancel": s.CancelTaskRequestSchema,
"sampling/createMessage": s.CreateMessageRequestSchema,
"elicitation/create": s.ElicitRequestSchema,
"roots/list": s.ListRootsRequestSchema
},
notificationSchemas: {
"notifications/cancelled": s.CancelledNotificationSchema,
"notifications/progress": s.ProgressNotificationSchema,
"notifications/initialized": s.InitializedNotificationSchema,
"notifications/roots/list_changed": s.RootsListChangedNotificationSchema,
"notifications/tasks/status": s.TaskStatusNotificationSchema,
"notifications/message": s.LoggingMessageNotificationSchema,
"notifications/resources/updated": s.ResourceUpdatedNotificationSchema,
"notifications/resources/list_changed": s.ResourceListChangedNotificationSchema,
"notifications/tools/list_changed": s.ToolListChangedNotificationSchema,
"notifications/prompts/list_changed": s.PromptListChangedNotificationSchema,
"notifications/elicitation/complete": s.ElicitationCompleteNotificationSchema
},
resultSchemas: {
ping: s.EmptyResultSchema,
initialize: s.InitializeResultSchema,
"completion/complete": s.CompleteResultSchema,
"logging/setLevel": s.EmptyResultSchema,
"prompts/get": s.GetPromptResultSchema,
"prompts/list": s.ListPromptsResultSchema,
"resources/list": s.ListResourcesResultSchema,
"resources/templates/list": s.ListResourceTemplatesResultSchema,
"resources/read": s.ReadResourceResultSchema,
"resources/subscribe": s.EmptyResultSchema,
"resources/unsubscribe": s.EmptyResultSchema,
"tools/call": s.CallToolResultWireSchema,
"tools/list": s.ListToolsResultSchema,
"sampling/createMessage": s.CreateMessageResultWithToolsSchema,
"elicitation/create": s.ElicitResultSchema,
"roots/list": s.ListRootsResultSchema
}
};
return maps$1;
}
function warmRegistryMaps2025() {
registryMaps();
}
function hasRequestMethod2025(method) {
return Object.prototype.hasOwnProperty.call(requestMethodKeys$1, method);
}
function hasNotificationMethod2025(method) {
return Object.prototype.hasOwnProperty.call(notificationMethodKeys$1, method);
}
function hasResultMethod(method) {
return Object.prototype.hasOwnProperty.call(resultMethodKeys, method);
}
function getResultSchema(method) {
return hasResultMethod(method) ? registryMaps().resultSchemas[method] : void 0;
}
function getRequestSchema(method) {
return hasRequestMethod2025(method) ? registryMaps().requestSchemas[method] : void 0;
}
function getNotificationSchema(method) {
return hasNotificationMethod2025(method) ? registryMaps().notificationSchemas[method] : void 0;
}
function isPlainObject$6(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function triState$1(schema, raw) {
if (schema === void 0) return {
ok: false,
reason: "not-in-era"
};
const parsed = schema.safeParse(raw);
return parsed.success ? {
ok: true,
value: parsed.data
} : {
ok: false,
reason: "invalid",
message: String(parsed.error)
};
}
const NOT_IN_ERA$1 = {
ok: false,
reason: "not-in-era"
};
function toolNeedsLegacyWrap(t) {
return isPlainObject$6(t) && isPlainObject$6(t["outputSchema"]) && isNonObjectJsonSchemaRoot(t["outputSchema"]);
}
function toNeutralResult(value) {
return value;
}
const rev2025Codec = {
era: "2025-11-25",
hasRequestMethod: hasRequestMethod2025,
hasNotificationMethod: hasNotificationMethod2025,
validateRequest: (method, raw) => triState$1(getRequestSchema(method), raw),
validateResult: (method, raw) => triState$1(getResultSchema(method), raw),
validateNotification: (method, raw) => triState$1(getNotificationSchema(method), raw),
hasInputRequestMethod: () => false,
validateInputRequest: () => NOT_IN_ERA$1,
validateInputResponse: () => NOT_IN_ERA$1,
samplingResultVariant: ((hasTools, raw) => {
const s = buildSchemas2025();
return triState$1(hasTools ? s.CreateMessageResultWithToolsSchema : s.CreateMessageResultSchema, raw);
}),
outboundEnvelope: (_material) => void 0,
validateEnvelopeMeta: (_meta) => [],
projectCallToolResult(result, advertisedOutputSchema) {
const withText = appendTextFallbackForNonObject(result);
const sc = withText.structuredContent;
if (sc === void 0) return withText;
const valueIsNonObject = typeof sc !== "object" || sc === null || Array.isArray(sc);
const schemaWrapped = advertisedOutputSchema !== void 0 && isNonObjectJsonSchemaRoot(advertisedOutputSchema);
if (!valueIsNonObject && !schemaWrapped) return withText;
return {
...withText,
structuredContent: { result: sc }
};
},
decodeResult(_method, raw) {
if (isPlainObject$6(raw) && "resultType" in raw) {
const stripped = { ...raw };
delete stripped["resultType"];
return {
kind: "complete",
result: toNeutralResult(stripped)
};
}
return {
kind: "complete",
result: toNeutralResult(raw)
};
},
encodeResult(method, result) {
if (method !== "tools/list") return result;
const tools = result.tools;
if (!Array.isArray(tools) || !tools.some((t) => toolNeedsLegacyWrap(t))) return result;
return {
...result,
tools: tools.map((t) => toolNeedsLegacyWrap(t) ? {
...t,
outputSchema: wrapOutputSchemaForLegacy(t.outputSchema)
} : t)
};
},
encodeErrorCode: (code) => code === -32002 ? -32602 : code,
checkInboundEnvelope: (_material) => void 0
};
function build() {
const JSONValueSchema$1 = lazy(() => union([
string(),
number$1(),
boolean(),
_null(),
record(string(), JSONValueSchema$1),
array(JSONValueSchema$1)
]));
const JSONObjectSchema$1 = record(string(), JSONValueSchema$1);
const ProgressTokenSchema$1 = union([string(), number$1().int()]);
const CursorSchema$1 = string();
const RequestIdSchema$1 = union([string(), number$1().int()]);
const RoleSchema$1 = _enum(["user", "assistant"]);
const LoggingLevelSchema$1 = _enum([
"debug",
"info",
"notice",
"warning",
"error",
"critical",
"alert",
"emergency"
]);
const Base64Schema = string().refine((val) => {
try {
atob(val);
return true;
} catch {
return false;
}
}, { message: "Invalid Base64 string" });
const TaskMetadataSchema$1 = object({ ttl: number$1().optional() });
const RelatedTaskMetadataSchema$1 = object({ taskId: string() });
const RequestMetaSchema$1 = looseObject({
progressToken: ProgressTokenSchema$1.optional(),
"io.modelcontextprotocol/related-task": RelatedTaskMetadataSchema$1.optional()
});
const BaseRequestParamsSchema$1 = object({ _meta: RequestMetaSchema$1.optional() });
const TaskAugmentedRequestParamsSchema$1 = BaseRequestParamsSchema$1.extend({ task: TaskMetadataSchema$1.optional() });
const NotificationsParamsSchema$1 = object({ _meta: RequestMetaSchema$1.optional() });
const NotificationSchema$1 = object({
method: string(),
params: NotificationsParamsSchema$1.loose().optional()
});
const IconSchema$1 = object({
src: string(),
mimeType: string().optional(),
sizes: array(string()).optional(),
theme: _enum(["light", "dark"]).optional()
});
const IconsSchema$1 = object({ icons: array(IconSchema$1).optional() });
const BaseMetadataSchema$1 = object({
name: string(),
title: string().optional()
});
const ImplementationSchema$1 = BaseMetadataSchema$1.extend({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
version: string(),
websiteUrl: string().optional(),
description: string().optional()
});
const FormElicitationCapabilitySchema = intersection(object({ applyDefaults: boolean().optional() }), JSONObjectSchema$1);
const ElicitationCapabilitySchema = preprocess((value) => {
if (value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0) return { form: {} };
return value;
}, intersection(object({
form: FormElicitationCapabilitySchema.optional(),
url: JSONObjectSchema$1.optional()
}), JSONObjectSchema$1.optional()));
const ClientTasksCapabilitySchema$1 = looseObject({
list: JSONObjectSchema$1.optional(),
cancel: JSONObjectSchema$1.optional(),
requests: looseObject({
sampling: looseObject({ createMessage: JSONObjectSchema$1.optional() }).optional(),
elicitation: looseObject({ create: JSONObjectSchema$1.optional() }).optional()
}).optional()
});
const ServerTasksCapabilitySchema$1 = looseObject({
list: JSONObjectSchema$1.optional(),
cancel: JSONObjectSchema$1.optional(),
requests: looseObject({ tools: looseObject({ call: JSONObjectSchema$1.optional() }).optional() }).optional()
});
const ClientCapabilitiesSchema$1 = object({
experimental: record(string(), JSONObjectSchema$1).optional(),
sampling: object({
context: JSONObjectSchema$1.optional(),
tools: JSONObjectSchema$1.optional()
}).optional(),
elicitation: ElicitationCapabilitySchema.optional(),
roots: object({ listChanged: boolean().optional() }).optional(),
tasks: ClientTasksCapabilitySchema$1.optional(),
extensions: record(string(), JSONObjectSchema$1).optional()
});
const ServerCapabilitiesSchema$1 = object({
experimental: record(string(), JSONObjectSchema$1).optional(),
logging: JSONObjectSchema$1.optional(),
completions: JSONObjectSchema$1.optional(),
prompts: object({ listChanged: boolean().optional() }).optional(),
resources: object({
subscribe: boolean().optional(),
listChanged: boolean().optional()
}).optional(),
tools: object({ listChanged: boolean().optional() }).optional(),
tasks: ServerTasksCapabilitySchema$1.optional(),
extensions: record(string(), JSONObjectSchema$1).optional()
});
const ProgressSchema$1 = object({
progress: number$1(),
total: optional(number$1()),
message: optional(string())
});
const ProgressNotificationParamsSchema$1 = object({
...NotificationsParamsSchema$1.shape,
...ProgressSchema$1.shape,
progressToken: ProgressTokenSchema$1
});
const ProgressNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/progress"),
params: ProgressNotificationParamsSchema$1
});
const LoggingMessageNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({
level: LoggingLevelSchema$1,
logger: string().optional(),
data: unknown()
});
const LoggingMessageNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/message"),
params: LoggingMessageNotificationParamsSchema$1
});
const ResourceContentsSchema$1 = object({
uri: string(),
mimeType: optional(string()),
_meta: record(string(), unknown()).optional()
});
const TextResourceContentsSchema$1 = ResourceContentsSchema$1.extend({ text: string() });
const BlobResourceContentsSchema$1 = ResourceContentsSchema$1.extend({ blob: Base64Schema });
const AnnotationsSchema$1 = object({
audience: array(RoleSchema$1).optional(),
priority: number$1().min(0).max(1).optional(),
lastModified: datetime({ offset: true }).optional()
});
const ResourceSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
uri: string(),
description: optional(string()),
mimeType: optional(string()),
size: optional(number$1()),
annotations: AnnotationsSchema$1.optional(),
_meta: optional(looseObject({}))
});
const ResourceTemplateSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
uriTemplate: string(),
description: optional(string()),
mimeType: optional(string()),
annotations: AnnotationsSchema$1.optional(),
_meta: optional(looseObject({}))
});
const ResourceListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/resources/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const ResourceUpdatedNotificationParamsSchema$1 = NotificationsParamsSchema$1.extend({ uri: string() });
const ResourceUpdatedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/resources/updated"),
params: ResourceUpdatedNotificationParamsSchema$1
});
const PromptArgumentSchema$1 = object({
name: string(),
description: optional(string()),
required: optional(boolean())
});
const PromptSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
description: optional(string()),
arguments: optional(array(PromptArgumentSchema$1)),
_meta: optional(looseObject({}))
});
const PromptListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/prompts/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const TextContentSchema$1 = object({
type: literal("text"),
text: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ImageContentSchema$1 = object({
type: literal("image"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const AudioContentSchema$1 = object({
type: literal("audio"),
data: Base64Schema,
mimeType: string(),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ToolUseContentSchema$1 = object({
type: literal("tool_use"),
name: string(),
id: string(),
input: record(string(), unknown()),
_meta: record(string(), unknown()).optional()
});
const EmbeddedResourceSchema$1 = object({
type: literal("resource"),
resource: union([TextResourceContentsSchema$1, BlobResourceContentsSchema$1]),
annotations: AnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ResourceLinkSchema$1 = ResourceSchema$1.extend({ type: literal("resource_link") });
const ContentBlockSchema$1 = union([
TextContentSchema$1,
ImageContentSchema$1,
AudioContentSchema$1,
ResourceLinkSchema$1,
EmbeddedResourceSchema$1
]);
const PromptMessageSchema$1 = object({
role: RoleSchema$1,
content: ContentBlockSchema$1
});
const ToolAnnotationsSchema$1 = object({
title: string().optional(),
readOnlyHint: boolean().optional(),
destructiveHint: boolean().optional(),
idempotentHint: boolean().optional(),
openWorldHint: boolean().optional()
});
const ToolListChangedNotificationSchema$1 = NotificationSchema$1.extend({
method: literal("notifications/tools/list_changed"),
params: NotificationsParamsSchema$1.optional()
});
const ModelHintSchema$1 = object({ name: string().optional() });
const ModelPreferencesSchema$1 = object({
hints: array(ModelHintSchema$1).optional(),
costPriority: number$1().min(0).max(1).optional(),
speedPriority: number$1().min(0).max(1).optional(),
intelligencePriority: number$1().min(0).max(1).optional()
});
const ToolChoiceSchema$1 = object({ mode: _enum([
"auto",
"required",
"none"
]).optional() });
const BooleanSchemaSchema$1 = object({
type: literal("boolean"),
title: string().optional(),
description: string().optional(),
default: boolean().optional()
});
const StringSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
minLength: number$1().optional(),
maxLength: number$1().optional(),
format: _enum([
"email",
"uri",
"date",
"date-time"
]).optional(),
default: string().optional()
});
const NumberSchemaSchema$1 = object({
type: _enum(["number", "integer"]),
title: string().optional(),
description: string().optional(),
minimum: number$1().optional(),
maximum: number$1().optional(),
default: number$1().optional()
});
const UntitledSingleSelectEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
default: string().optional()
});
const TitledSingleSelectEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
oneOf: array(object({
const: string(),
title: string()
})),
default: string().optional()
});
const LegacyTitledEnumSchemaSchema$1 = object({
type: literal("string"),
title: string().optional(),
description: string().optional(),
enum: array(string()),
enumNames: array(string()).optional(),
default: string().optional()
});
const SingleSelectEnumSchemaSchema$1 = union([UntitledSingleSelectEnumSchemaSchema$1, TitledSingleSelectEnumSchemaSchema$1]);
const UntitledMultiSelectEnumSchemaSchema$1 = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({
type: literal("string"),
enum: array(string())
}),
default: array(string()).optional()
});
const TitledMultiSelectEnumSchemaSchema$1 = object({
type: literal("array"),
title: string().optional(),
description: string().optional(),
minItems: number$1().optional(),
maxItems: number$1().optional(),
items: object({ anyOf: array(object({
const: string(),
title: string()
})) }),
default: array(string()).optional()
});
const MultiSelectEnumSchemaSchema$1 = union([UntitledMultiSelectEnumSchemaSchema$1, TitledMultiSelectEnumSchemaSchema$1]);
const EnumSchemaSchema$1 = union([
LegacyTitledEnumSchemaSchema$1,
SingleSelectEnumSchemaSchema$1,
MultiSelectEnumSchemaSchema$1
]);
const PrimitiveSchemaDefinitionSchema$1 = union([
EnumSchemaSchema$1,
BooleanSchemaSchema$1,
StringSchemaSchema$1,
NumberSchemaSchema$1
]);
const ElicitRequestFormParamsSchema$1 = TaskAugmentedRequestParamsSchema$1.extend({
mode: literal("form").optional(),
message: string(),
requestedSchema: object({
type: literal("object"),
properties: record(string(), PrimitiveSchemaDefinitionSchema$1),
required: array(string()).optional()
}).catchall(unknown())
});
const ResourceTemplateReferenceSchema$1 = object({
type: literal("ref/resource"),
uri: string()
});
const PromptReferenceSchema$1 = object({
type: literal("ref/prompt"),
name: string()
});
const RootSchema$1 = object({
uri: string().startsWith("file://"),
name: string().optional(),
_meta: record(string(), unknown()).optional()
});
const sharedClientCapabilityShape = ClientCapabilitiesSchema$1.shape;
const ClientCapabilities2026Schema = object({
experimental: sharedClientCapabilityShape.experimental,
sampling: sharedClientCapabilityShape.sampling,
elicitation: sharedClientCapabilityShape.elicitation,
roots: sharedClientCapabilityShape.roots,
extensions: sharedClientCapabilityShape.extensions
});
const sharedServerCapabilityShape = ServerCapabilitiesSchema$1.shape;
const ServerCapabilities2026Schema = object({
experimental: sharedServerCapabilityShape.experimental,
logging: sharedServerCapabilityShape.logging,
completions: sharedServerCapabilityShape.completions,
prompts: sharedServerCapabilityShape.prompts,
resources: sharedServerCapabilityShape.resources,
tools: sharedServerCapabilityShape.tools,
extensions: sharedServerCapabilityShape.extensions
});
const RequestMetaEnvelopeSchema = looseObject({
progressToken: ProgressTokenSchema$1.optional(),
[PROTOCOL_VERSION_META_KEY]: string(),
[CLIENT_INFO_META_KEY]: ImplementationSchema$1.optional(),
[CLIENT_CAPABILITIES_META_KEY]: ClientCapabilities2026Schema,
[LOG_LEVEL_META_KEY]: LoggingLevelSchema$1.optional()
});
const ToolSchema$1 = object({
...BaseMetadataSchema$1.shape,
...IconsSchema$1.shape,
description: string().optional(),
inputSchema: looseObject({
$schema: string().optional(),
type: literal("object")
}),
outputSchema: looseObject({ $schema: string().optional() }).optional(),
annotations: ToolAnnotationsSchema$1.optional(),
_meta: record(string(), unknown()).optional()
});
const ToolResultContentSchema$1 = object({
type: literal("tool_result"),
toolUseId: string(),
content: array(ContentBlockSchema$1),
structuredContent: unknown().optional(),
isError: boolean().optional(),
_meta: record(string(), unknown()).optional()
});
const SamplingMessageContentBlockSchema$1 = union([
TextContentSchema$1,
ImageContentSchema$1,
AudioContentSchema$1,
ToolUseContentSchema$1,
ToolResultContentSchema$1
]);
const SamplingMessageSchema$1 = object({
role: RoleSchema$1,
content: union([SamplingMessageContentBlockSchema$1, array(SamplingMessageContentBlockSchema$1)]),
_meta: record(string(), unknown()).optional()
});
const ResultTypeSchema = string();
const ResultMetaSchema = looseObject({ [SERVER_INFO_META_KEY]: ImplementationSchema$1.optional().catch(void 0) });
const wireMeta = ResultMetaSchema.optional();
function wireResult(shape) {
return looseObject({
_meta: wireMeta,
resultType: ResultTypeSchema.default("complete"),
...shape
});
}
const ResultSchema$1 = wireResult({});
const PaginatedResultSchema$1 = wireResult({ nextCursor: CursorSchema$1.optional() });
const CallToolResultSchema$1 = wireResult({
content: array(ContentBlockSchema$1),
structuredContent: unknown().optional(),
isError: boolean().optional()
});
const ListToolsResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
tools: array(ToolSchema$1),
nextCursor: CursorSchema$1.optional()
});
const ListPromptsResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
prompts: array(PromptSchema$1),
nextCursor: CursorSchema$1.optional()
});
const GetPromptResultSchema$1 = wireResult({
description: string().optional(),
messages: array(PromptMessageSchema$1)
});
const ListResourcesResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
resources: array(ResourceSchema$1),
nextCursor: CursorSchema$1.optional()
});
const ListResourceTemplatesResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
resourceTemplates: array(ResourceTemplateSchema$1),
nextCursor: CursorSchema$1.optional()
});
const ReadResourceResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
contents: array(union([TextResourceContentsSchema$1, BlobResourceContentsSchema$1]))
});
const CompleteResultSchema$1 = wireResult({ completion: object({
values: array(string()).max(100),
total: number$1().int().optional(),
hasMore: boolean().optional()
}).loose() });
const CacheableResultSchema = wireResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"])
});
const DiscoverResultSchema$1 = wireResult({
ttlMs: number$1().int().min(0).catch(0),
cacheScope: _enum(["public", "private"]).catch("private"),
supportedVersions: array(string()),
capabilities: ServerCapabilities2026Schema,
instructions: string().optional()
});
const CreateMessageRequestParamsSchema$1 = object({
messages: array(SamplingMessageSchema$1),
modelPreferences: ModelPreferencesSchema$1.optional(),
systemPrompt: string().optional(),
includeContext: _enum([
"none",
"thisServer",
"allServers"
]).optional(),
temperature: number$1().optional(),
maxTokens: number$1().int(),
stopSequences: array(string()).optional(),
metadata: JSONObjectSchema$1.optional(),
tools: array(ToolSchema$1).optional(),
toolChoice: ToolChoiceSchema$1.optional()
});
const CreateMessageRequestSchema$1 = object({
method: literal("sampling/createMessage"),
params: CreateMessageRequestParamsSchema$1
});
const ListRootsRequestSchema$1 = object({
method: literal("roots/list"),
params: object({ _meta: record(string(), unknown()).optional() }).optional()
});
const CreateMessageResultSchema$1 = object({
...SamplingMessageSchema$1.shape,
model: string(),
stopReason: string().optional()
});
const ListRootsResultSchema$1 = object({ roots: array(RootSchema$1) });
const ElicitResultSchema$1 = object({
action: _enum([
"accept",
"decline",
"cancel"
]),
content: record(string(), union([
string(),
number$1(),
boolean(),
array(string())
])).optional()
});
const ElicitRequestURLParamsSchema$1 = object({
mode: literal("url"),
message: string(),
url: string().url()
});
const ElicitRequestParamsSchema$1 = union([ElicitRequestFormParamsSchema$1, ElicitRequestURLParamsSchema$1]);
const ElicitRequestSchema$1 = object({
method: literal("elicitation/create"),
params: ElicitRequestParamsSchema$1
});
const InputRequestSchema = union([
CreateMessageRequestSchema$1,
ListRootsRequestSchema$1,
ElicitRequestSchema$1
]);
const InputResponseSchema = union([
CreateMessageResultSchema$1,
ListRootsResultSchema$1,
ElicitResultSchema$1
]);
const InputRequestsSchema = record(string(), InputRequestSchema);
const InputResponsesSchema = record(string(), InputResponseSchema);
const InputRequiredResultSchema = wireResult({
inputRequests: InputRequestsSchema.optional(),
requestState: string().optional()
});
const retryParamsShape = {
inputResponses: InputResponsesSchema.optional(),
requestState: string().optional()
};
const InputResponseRequestParamsSchema = object({
_meta: RequestMetaEnvelopeSchema,
...retryParamsShape
});
const DispatchRequestMetaSchema = looseObject({ progressToken: ProgressTokenSchema$1.optional() });
function wireRequest(method, paramsShape) {
return object({
method: literal(method),
params: object({
_meta: RequestMetaEnvelopeSchema,
...paramsShape
})
});
}
function dispatchRequest(method, paramsShape) {
return object({
method: literal(method),
params: object({
_meta: DispatchRequestMetaSchema.optional(),
...paramsShape
}).optional()
});
}
const callToolParamsShape = {
name: string(),
arguments: record(string(), unknown()).optional(),
...retryParamsShape
};
const paginatedParamsShape = { cursor: CursorSchema$1.optional() };
const CallToolRequestSchema$1 = wireRequest("tools/call", callToolParamsShape);
const ListToolsRequestSchema$1 = wireRequest("tools/list", paginatedParamsShape);
const ListPromptsRequestSchema$1 = wireRequest("prompts/list", paginatedParamsShape);
const GetPromptRequestSchema$1 = wireRequest("prompts/get", {
name: string(),
arguments: record(string(), string()).optional(),
...retryParamsShape
});
const ListResourcesRequestSchema$1 = wireRequest("resources/list", paginatedParamsShape);
const ListResourceTemplatesRequestSchema$1 = wireRequest("resources/templates/list", paginatedParamsShape);
const ReadResourceRequestSchema$1 = wireRequest("resources/read", {
uri: string(),
...retryParamsShape
});
const completeParamsShape = {
ref: union([PromptReferenceSchema$1, ResourceTemplateReferenceSchema$1]),
argument: object({
name: string(),
value: string()
}),
context: object({ arguments: record(string(), string()).optional() }).optional()
};
const CompleteRequestSchema$1 = wireRequest("completion/complete", completeParamsShape);
const DiscoverRequestSchema$1 = wireRequest("server/discover", {});
const SubscriptionFilterSchema$1 = object({
toolsListChanged: boolean().optional(),
promptsListChanged: boolean().optional(),
resourcesListChanged: boolean().optional(),
resourceSubscriptions: array(string()).optional()
});
const subscriptionsListenParamsShape = { notifications: SubscriptionFilterSchema$1 };
const SubscriptionsListenRequestSchema$1 = wireRequest("subscriptions/listen", subscriptionsListenParamsShape);
const SubscriptionsListenResultMetaSchema$1 = ResultMetaSchema.extend({ "io.modelcontextprotocol/subscriptionId": RequestIdSchema$1 });
const SubscriptionsListenResultSchema$1 = looseObject({
_meta: SubscriptionsListenResultMetaSchema$1,
resultType: ResultTypeSchema.default("complete")
});
const dispatchRequestSchemas = {
"tools/call": dispatchRequest("tools/call", callToolParamsShape),
"tools/list": dispatchRequest("tools/list", paginatedParamsShape),
"prompts/get": dispatchRequest("prompts/get", {
name: string(),
arguments: record(string(), string()).optional()
}),
"prompts/list": dispatchRequest("prompts/list", paginatedParamsShape),
"resources/list": dispatchRequest("resources/list", paginatedParamsShape),
"resources/templates/list": dispatchRequest("resources/templates/list", paginatedParamsShape),
"resources/read": dispatchRequest("resources/read", { uri: string() }),
"completion/complete": dispatchRequest("completion/complete", completeParamsShape),
"server/discover": dispatchRequest("server/discover", {}),
"subscriptions/listen": dispatchRequest("subscriptions/listen", subscriptionsListenParamsShape)
};
function liftedResult(shape) {
return looseObject({
_meta: wireMeta,
...shape
});
}
const dispatchResultSchemas = {
"tools/call": liftedResult({
content: array(ContentBlockSchema$1),
structuredContent: unknown().optional(),
isError: boolean().optional()
}),
"tools/list": liftedResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
tools: array(ToolSchema$1),
nextCursor: CursorSchema$1.optional()
}),
"prompts/get": liftedResult({
description: string().optional(),
messages: array(PromptMessageSchema$1)
}),
"prompts/list": liftedResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
prompts: array(PromptSchema$1),
nextCursor: CursorSchema$1.optional()
}),
"resources/list": liftedResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
resources: array(ResourceSchema$1),
nextCursor: CursorSchema$1.optional()
}),
"resources/templates/list": liftedResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
resourceTemplates: array(ResourceTemplateSchema$1),
nextCursor: CursorSchema$1.optional()
}),
"resources/read": liftedResult({
ttlMs: number$1().int().min(0),
cacheScope: _enum(["public", "private"]),
contents: array(union([TextResourceContentsSchema$1, BlobResourceContentsSchema$1]))
}),
"completion/complete": liftedResult({ completion: object({
values: array(string()).max(100),
total: number$1().int().optional(),
hasMore: boolean().optional()
}).loose() }),
"server/discover": liftedResult({
ttlMs: number$1().int().min(0).catch(0),
cacheScope: _enum(["public", "private"]).catch("private"),
supportedVersions: array(string()),
capabilities: ServerCapabilities2026Schema,
instructions: string().optional()
}),
"subscriptions/listen": liftedResult({})
};
const NotificationMetaSchema = looseObject({ "io.modelcontextprotocol/subscriptionId": RequestIdSchema$1.optional() });
const SubscriptionsAcknowledgedNotificationSchema$1 = object({
method: literal("notifications/subscriptions/acknowledged"),
params: object({
_meta: NotificationMetaSchema.optional(),
notifications: SubscriptionFilterSchema$1
})
});
const CancelledNotificationParamsSchema$1 = object({
_meta: NotificationMetaSchema.optional(),
requestId: RequestIdSchema$1,
reason: string().optional()
});
const CancelledNotificationSchema$1 = object({
method: literal("notifications/cancelled"),
params: CancelledNotificationParamsSchema$1
});
const notificationSchemas2026 = {
"notifications/cancelled": CancelledNotificationSchema$1,
"notifications/progress": ProgressNotificationSchema$1,
"notifications/message": LoggingMessageNotificationSchema$1,
"notifications/resources/updated": ResourceUpdatedNotificationSchema$1,
"notifications/resources/list_changed": ResourceListChangedNotificationSchema$1,
"notifications/tools/list_changed": ToolListChangedNotificationSchema$1,
"notifications/prompts/list_changed": PromptListChangedNotificationSchema$1,
"notifications/subscriptions/acknowledged": SubscriptionsAcknowledgedNotificationSchema$1
};
const wireResultResponse = (result) => object({
jsonrpc: literal("2.0"),
id: union([string(), number$1().int()]),
result
}).strict();
return {
JSONValueSchema: JSONValueSchema$1,
JSONObjectSchema: JSONObjectSchema$1,
ProgressTokenSchema: ProgressTokenSchema$1,
CursorSchema: CursorSchema$1,
RequestIdSchema: RequestIdSchema$1,
RoleSchema: RoleSchema$1,
LoggingLevelSchema: LoggingLevelSchema$1,
TaskMetadataSchema: TaskMetadataSchema$1,
RelatedTaskMetadataSchema: RelatedTaskMetadataSchema$1,
RequestMetaSchema: RequestMetaSchema$1,
BaseRequestParamsSchema: BaseRequestParamsSchema$1,
TaskAugmentedRequestParamsSchema: TaskAugmentedRequestParamsSchema$1,
NotificationsParamsSchema: NotificationsParamsSchema$1,
NotificationSchema: NotificationSchema$1,
IconSchema: IconSchema$1,
IconsSchema: IconsSchema$1,
BaseMetadataSchema: BaseMetadataSchema$1,
ImplementationSchema: ImplementationSchema$1,
ClientTasksCapabilitySchema: ClientTasksCapabilitySchema$1,
ServerTasksCapabilitySchema: ServerTasksCapabilitySchema$1,
ClientCapabilitiesSchema: ClientCapabilitiesSchema$1,
ServerCapabilitiesSchema: ServerCapabilitiesSchema$1,
ProgressSchema: ProgressSchema$1,
ProgressNotificationParamsSchema: ProgressNotificationParamsSchema$1,
ProgressNotificationSchema: ProgressNotificationSchema$1,
LoggingMessageNotificationParamsSchema: LoggingMessageNotificationParamsSchema$1,
LoggingMessageNotificationSchema: LoggingMessageNotificationSchema$1,
ResourceContentsSchema: ResourceContentsSchema$1,
TextResourceContentsSchema: TextResourceContentsSchema$1,
BlobResourceContentsSchema: BlobResourceContentsSchema$1,
AnnotationsSchema: AnnotationsSchema$1,
ResourceSchema: ResourceSchema$1,
ResourceTemplateSchema: ResourceTemplateSchema$1,
ResourceListChangedNotificationSchema: ResourceListChangedNotificationSchema$1,
ResourceUpdatedNotificationParamsSchema: ResourceUpdatedNotificationParamsSchema$1,
ResourceUpdatedNotificationSchema: ResourceUpdatedNotificationSchema$1,
PromptArgumentSchema: PromptArgumentSchema$1,
PromptSchema: PromptSchema$1,
PromptListChangedNotificationSchema: PromptListChangedNotificationSchema$1,
TextContentSchema: TextContentSchema$1,
ImageContentSchema: ImageContentSchema$1,
AudioContentSchema: AudioContentSchema$1,
ToolUseContentSchema: ToolUseContentSchema$1,
EmbeddedResourceSchema: EmbeddedResourceSchema$1,
ResourceLinkSchema: ResourceLinkSchema$1,
ContentBlockSchema: ContentBlockSchema$1,
PromptMessageSchema: PromptMessageSchema$1,
ToolAnnotationsSchema: ToolAnnotationsSchema$1,
ToolListChangedNotificationSchema: ToolListChangedNotificationSchema$1,
ModelHintSchema: ModelHintSchema$1,
ModelPreferencesSchema: ModelPreferencesSchema$1,
ToolChoiceSchema: ToolChoiceSchema$1,
BooleanSchemaSchema: BooleanSchemaSchema$1,
StringSchemaSchema: StringSchemaSchema$1,
NumberSchemaSchema: NumberSchemaSchema$1,
UntitledSingleSelectEnumSchemaSchema: UntitledSingleSelectEnumSchemaSchema$1,
TitledSingleSelectEnumSchemaSchema: TitledSingleSelectEnumSchemaSchema$1,
LegacyTitledEnumSchemaSchema: LegacyTitledEnumSchemaSchema$1,
SingleSelectEnumSchemaSchema: SingleSelectEnumSchemaSchema$1,
UntitledMultiSelectEnumSchemaSchema: UntitledMultiSelectEnumSchemaSchema$1,
TitledMultiSelectEnumSchemaSchema: TitledMultiSelectEnumSchemaSchema$1,
MultiSelectEnumSchemaSchema: MultiSelectEnumSchemaSchema$1,
EnumSchemaSchema: EnumSchemaSchema$1,
PrimitiveSchemaDefinitionSchema: PrimitiveSchemaDefinitionSchema$1,
ElicitRequestFormParamsSchema: ElicitRequestFormParamsSchema$1,
ResourceTemplateReferenceSchema: ResourceTemplateReferenceSchema$1,
PromptReferenceSchema: PromptReferenceSchema$1,
RootSchema: RootSchema$1,
ClientCapabilities2026Schema,
ServerCapabilities2026Schema,
RequestMetaEnvelopeSchema,
ToolSchema: ToolSchema$1,
ToolResultContentSchema: ToolResultContentSchema$1,
SamplingMessageContentBlockSchema: SamplingMessageContentBlockSchema$1,
SamplingMessageSchema: SamplingMessageSchema$1,
ResultTypeSchema,
ResultMetaSchema,
ResultSchema: ResultSchema$1,
PaginatedResultSchema: PaginatedResultSchema$1,
CallToolResultSchema: CallToolResultSchema$1,
ListToolsResultSchema: ListToolsResultSchema$1,
ListPromptsResultSchema: ListPromptsResultSchema$1,
GetPromptResultSchema: GetPromptResultSchema$1,
ListResourcesResultSchema: ListResourcesResultSchema$1,
ListResourceTemplatesResultSchema: ListResourceTemplatesResultSchema$1,
ReadResourceResultSchema: ReadResourceResultSchema$1,
CompleteResultSchema: CompleteResultSchema$1,
CacheableResultSchema,
DiscoverResultSchema: DiscoverResultSchema$1,
CreateMessageRequestParamsSchema: CreateMessageRequestParamsSchema$1,
CreateMessageRequestSchema: CreateMessageRequestSchema$1,
ListRootsRequestSchema: ListRootsRequestSchema$1,
CreateMessageResultSchema: CreateMessageResultSchema$1,
ListRootsResultSchema: ListRootsResultSchema$1,
ElicitResultSchema: ElicitResultSchema$1,
ElicitRequestURLParamsSchema: ElicitRequestURLParamsSchema$1,
ElicitRequestParamsSchema: ElicitRequestParamsSchema$1,
ElicitRequestSchema: ElicitRequestSchema$1,
InputRequestSchema,
InputResponseSchema,
InputRequestsSchema,
InputResponsesSchema,
InputRequiredResultSchema,
InputResponseRequestParamsSchema,
CallToolRequestSchema: CallToolRequestSchema$1,
ListToolsRequestSchema: ListToolsRequestSchema$1,
ListPromptsRequestSchema: ListPromptsRequestSchema$1,
GetPromptRequestSchema: GetPromptRequestSchema$1,
ListResourcesRequestSchema: ListResourcesRequestSchema$1,
ListResourceTemplatesRequestSchema: ListResourceTemplatesRequestSchema$1,
ReadResourceRequestSchema: ReadResourceRequestSchema$1,
CompleteRequestSchema: CompleteRequestSchema$1,
DiscoverRequestSchema: DiscoverRequestSchema$1,
SubscriptionFilterSchema: SubscriptionFilterSchema$1,
SubscriptionsListenRequestSchema: SubscriptionsListenRequestSchema$1,
SubscriptionsListenResultMetaSchema: SubscriptionsListenResultMetaSchema$1,
SubscriptionsListenResultSchema: SubscriptionsListenResultSchema$1,
dispatchRequestSchemas,
dispatchResultSchemas,
NotificationMetaSchema,
SubscriptionsAcknowledgedNotificationSchema: SubscriptionsAcknowledgedNotificationSchema$1,
CancelledNotificationParamsSchema: CancelledNotificationParamsSchema$1,
CancelledNotificationSchema: CancelledNotificationSchema$1,
notificationSchemas2026,
JSONRPCResultResponseSchema: wireResultResponse(ResultSchema$1),
CallToolResultResponseSchema: wireResultResponse(union([CallToolResultSchema$1, InputRequiredResultSchema])),
ListToolsResultResponseSchema: wireResultResponse(ListToolsResultSchema$1),
ListPromptsResultResponseSchema: wireResultResponse(ListPromptsResultSchema$1),
GetPromptResultResponseSchema: wireResultResponse(union([GetPromptResultSchema$1, InputRequiredResultSchema])),
ListResourcesResultResponseSchema: wireResultResponse(ListResourcesResultSchema$1),
ListResourceTemplatesResultResponseSchema: wireResultResponse(ListResourceTemplatesResultSchema$1),
ReadResourceResultResponseSchema: wireResultResponse(union([ReadResourceResultSchema$1, InputRequiredResultSchema])),
CompleteResultResponseSchema: wireResultResponse(CompleteResultSchema$1),
DiscoverResultResponseSchema: wireResultResponse(DiscoverResultSchema$1),
SubscriptionsListenResultResponseSchema: wireResultResponse(SubscriptionsListenResultSchema$1)
};
}
let memo;
function buildSchemas2026() {
return memo ??= build();
}
const CACHEABLE_RESULT_METHODS = [
"tools/list",
"prompts/list",
"resources/list",
"resources/templates/list",
"resources/read",
"server/discover"
];
function isCacheableResultMethod(method) {
return CACHEABLE_RESULT_METHODS.includes(method);
}
const RESULT_CACHE_HINT_FALLBACK = Symbol("modelcontextprotocol.resultCacheHintFallback");
function attachCacheHintFallback(result, hint) {
if (hint === void 0) return result;
const attached = result[RESULT_CACHE_HINT_FALLBACK];
if (attached === void 0) return {
...result,
[RESULT_CACHE_HINT_FALLBACK]: hint
};
const merged = {};
const ttlMs = attached.ttlMs ?? hint.ttlMs;
if (ttlMs !== void 0) merged.ttlMs = ttlMs;
const cacheScope = attached.cacheScope ?? hint.cacheScope;
if (cacheScope !== void 0) merged.cacheScope = cacheScope;
return {
...result,
[RESULT_CACHE_HINT_FALLBACK]: merged
};
}
function cacheHintFallbackOf(result) {
return result[RESULT_CACHE_HINT_FALLBACK];
}
function isValidCacheTtlMs(value) {
return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
function isValidCacheScope(value) {
return value === "public" || value === "private";
}
function assertValidCacheHint(hint, context) {
if (hint.ttlMs !== void 0 && !isValidCacheTtlMs(hint.ttlMs)) throw new RangeError(`Invalid cache hint for ${context}: ttlMs must be a non-negative safe integer (got ${String(hint.ttlMs)})`);
if (hint.cacheScope !== void 0 && !isValidCacheScope(hint.cacheScope)) throw new RangeError(`Invalid cache hint for ${context}: cacheScope must be 'public' or 'private' (got ${String(hint.cacheScope)})`);
}
let ProtocolErrorCode =   function(ProtocolErrorCode$1) {
ProtocolErrorCode$1[ProtocolErrorCode$1["ParseError"] = -32700] = "ParseError";
ProtocolErrorCode$1[ProtocolErrorCode$1["InvalidRequest"] = -32600] = "InvalidRequest";
ProtocolErrorCode$1[ProtocolErrorCode$1["MethodNotFound"] = -32601] = "MethodNotFound";
ProtocolErrorCode$1[ProtocolErrorCode$1["InvalidParams"] = -32602] = "InvalidParams";
ProtocolErrorCode$1[ProtocolErrorCode$1["InternalError"] = -32603] = "InternalError";
ProtocolErrorCode$1[ProtocolErrorCode$1["ResourceNotFound"] = -32002] = "ResourceNotFound";
ProtocolErrorCode$1[ProtocolErrorCode$1["MissingRequiredClientCapability"] = -32021] = "MissingRequiredClientCapability";
ProtocolErrorCode$1[ProtocolErrorCode$1["UnsupportedProtocolVersion"] = -32022] = "UnsupportedProtocolVersion";
ProtocolErrorCode$1[ProtocolErrorCode$1["UrlElicitationRequired"] = -32042] = "UrlElicitationRequired";
return ProtocolErrorCode$1;
}({});
var ProtocolError = class ProtocolError extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.ProtocolError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(code, message, data) {
super(message);
this.code = code;
this.data = data;
this.name = "ProtocolError";
stampErrorBrands(this, new.target);
}
static fromError(code, message, data) {
if (code === ProtocolErrorCode.UrlElicitationRequired && data) {
const errorData = data;
if (errorData.elicitations) return new UrlElicitationRequiredError(errorData.elicitations, message);
}
if (code === ProtocolErrorCode.UnsupportedProtocolVersion && data) {
const errorData = data;
if (Array.isArray(errorData.supported) && typeof errorData.requested === "string") return new UnsupportedProtocolVersionError({
supported: errorData.supported,
requested: errorData.requested
}, message);
}
if (code === ProtocolErrorCode.InvalidParams || code === ProtocolErrorCode.ResourceNotFound) {
const errorData = data;
if (typeof errorData?.uri === "string" && (code === ProtocolErrorCode.ResourceNotFound || Object.keys(errorData).length === 1)) return new ResourceNotFoundError(errorData.uri, message);
}
if (code === ProtocolErrorCode.MissingRequiredClientCapability && data) {
const errorData = data;
if (errorData.requiredCapabilities !== null && typeof errorData.requiredCapabilities === "object" && !Array.isArray(errorData.requiredCapabilities)) return new MissingRequiredClientCapabilityError({ requiredCapabilities: errorData.requiredCapabilities }, message);
}
return new ProtocolError(code, message, data);
}
};
var ResourceNotFoundError = class extends ProtocolError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.ResourceNotFoundError" });
}
constructor(uri, message = `Resource not found: ${uri}`) {
super(ProtocolErrorCode.InvalidParams, message, { uri });
}
get uri() {
return this.data.uri;
}
};
var UrlElicitationRequiredError = class extends ProtocolError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.UrlElicitationRequiredError" });
}
constructor(elicitations, message = `URL elicitation${elicitations.length > 1 ? "s" : ""} required`) {
super(ProtocolErrorCode.UrlElicitationRequired, message, { elicitations });
}
get elicitations() {
return this.data?.elicitations ?? [];
}
};
var UnsupportedProtocolVersionError = class extends ProtocolError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.UnsupportedProtocolVersionError" });
}
constructor(data, message = `Unsupported protocol version: ${data.requested}`) {
super(ProtocolErrorCode.UnsupportedProtocolVersion, message, data);
}
get supported() {
return this.data.supported;
}
get requested() {
return this.data.requested;
}
};
var MissingRequiredClientCapabilityError = class extends ProtocolError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.MissingRequiredClientCapabilityError" });
}
constructor(data, message = `Missing required client capabilities: ${Object.keys(data.requiredCapabilities).join(", ")}`) {
super(ProtocolErrorCode.MissingRequiredClientCapability, message, data);
}
get requiredCapabilities() {
return this.data.requiredCapabilities;
}
};
const DEFAULT_CACHE_TTL_MS = 0;
const DEFAULT_CACHE_SCOPE = "private";
const EXTENDED_RESULT_TYPE_METHODS = [
"tools/call",
"prompts/get",
"resources/read"
];
function stampResultType(method, result) {
const provided = result["resultType"];
if (provided === void 0) return {
...result,
resultType: "complete"
};
if (provided === "complete") return result;
if (EXTENDED_RESULT_TYPE_METHODS.includes(method)) return result;
throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned resultType '${String(provided)}', but results of ${method} only support 'complete' on protocol revision 2026-07-28`);
}
function fillCacheFields(method, result) {
const fallback = cacheHintFallbackOf(result);
if (result["resultType"] !== "complete" || !isCacheableResultMethod(method)) return fallback === void 0 ? result : stripCacheHintFallback(result);
const provided = result;
const ttlMs = isValidCacheTtlMs(provided["ttlMs"]) ? provided["ttlMs"] : resolveTtlMs(fallback);
const cacheScope = isValidCacheScope(provided["cacheScope"]) ? provided["cacheScope"] : resolveCacheScope(fallback);
const filled = {
...provided,
ttlMs,
cacheScope
};
delete filled[RESULT_CACHE_HINT_FALLBACK];
return filled;
}
function isPlainObject$5(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function stampServerInfoMeta(result, serverInfo) {
if (serverInfo === void 0) return result;
const meta = result["_meta"];
if (meta === void 0) return {
...result,
_meta: { [SERVER_INFO_META_KEY]: serverInfo }
};
if (!isPlainObject$5(meta)) return result;
if (meta[SERVER_INFO_META_KEY] !== void 0) return result;
return {
...result,
_meta: {
...meta,
[SERVER_INFO_META_KEY]: serverInfo
}
};
}
function resolveTtlMs(fallback) {
return fallback !== void 0 && isValidCacheTtlMs(fallback.ttlMs) ? fallback.ttlMs : DEFAULT_CACHE_TTL_MS;
}
function resolveCacheScope(fallback) {
return fallback !== void 0 && isValidCacheScope(fallback.cacheScope) ? fallback.cacheScope : DEFAULT_CACHE_SCOPE;
}
function stripCacheHintFallback(result) {
const copy = { ...result };
delete copy[RESULT_CACHE_HINT_FALLBACK];
return copy;
}
const INPUT_REQUEST_METHODS_2026 = [
"elicitation/create",
"sampling/createMessage",
"roots/list"
];
let maps;
function inputSchemaMaps() {
if (maps) return maps;
const s = buildSchemas2026();
maps = {
request: {
"elicitation/create": object({
method: literal("elicitation/create"),
params: s.ElicitRequestParamsSchema
}),
"sampling/createMessage": object({
method: literal("sampling/createMessage"),
params: s.CreateMessageRequestParamsSchema
}),
"roots/list": object({
method: literal("roots/list"),
params: looseObject({}).optional()
})
},
response: {
"elicitation/create": s.ElicitResultSchema,
"sampling/createMessage": s.CreateMessageResultSchema,
"roots/list": s.ListRootsResultSchema
}
};
return maps;
}
function warmInputSchemaMaps2026() {
inputSchemaMaps();
}
function isInputRequestMethod2026(method) {
return INPUT_REQUEST_METHODS_2026.includes(method);
}
function getInputRequestSchema2026(method) {
return isInputRequestMethod2026(method) ? inputSchemaMaps().request[method] : void 0;
}
function getInputResponseSchema2026(method) {
return isInputRequestMethod2026(method) ? inputSchemaMaps().response[method] : void 0;
}
const requestMethodKeys = {
"tools/call": null,
"tools/list": null,
"prompts/get": null,
"prompts/list": null,
"resources/list": null,
"resources/templates/list": null,
"resources/read": null,
"completion/complete": null,
"server/discover": null,
"subscriptions/listen": null
};
const notificationMethodKeys = {
"notifications/cancelled": null,
"notifications/progress": null,
"notifications/message": null,
"notifications/resources/updated": null,
"notifications/resources/list_changed": null,
"notifications/tools/list_changed": null,
"notifications/prompts/list_changed": null,
"notifications/subscriptions/acknowledged": null
};
function hasRequestMethod2026(method) {
return Object.prototype.hasOwnProperty.call(requestMethodKeys, method);
}
function hasNotificationMethod2026(method) {
return Object.prototype.hasOwnProperty.call(notificationMethodKeys, method);
}
function hasResultMethod2026(method) {
return Object.prototype.hasOwnProperty.call(requestMethodKeys, method);
}
function getRequestSchema2026(method) {
return hasRequestMethod2026(method) ? buildSchemas2026().dispatchRequestSchemas[method] : void 0;
}
function getResultSchema2026(method) {
return hasResultMethod2026(method) ? buildSchemas2026().dispatchResultSchemas[method] : void 0;
}
function getNotificationSchema2026(method) {
return hasNotificationMethod2026(method) ? buildSchemas2026().notificationSchemas2026[method] : void 0;
}
function isPlainObject$4(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function triState(schema, raw) {
if (schema === void 0) return {
ok: false,
reason: "not-in-era"
};
const parsed = schema.safeParse(raw);
return parsed.success ? {
ok: true,
value: parsed.data
} : {
ok: false,
reason: "invalid",
message: String(parsed.error)
};
}
const NOT_IN_ERA = {
ok: false,
reason: "not-in-era"
};
const REQUIRED_ENVELOPE_KEYS = [PROTOCOL_VERSION_META_KEY, CLIENT_CAPABILITIES_META_KEY];
function enforceDeletedFields(method, result) {
let next = result;
let copied = false;
const copy = () => {
if (!copied) {
next = { ...next };
copied = true;
}
return next;
};
const tools = result.tools;
if (method === "tools/list" && Array.isArray(tools) && tools.some((tool) => isPlainObject$4(tool) && "execution" in tool)) copy().tools = tools.map((tool) => {
if (!isPlainObject$4(tool) || !("execution" in tool)) return tool;
const rest = { ...tool };
delete rest["execution"];
return rest;
});
const capabilities = result.capabilities;
if (isPlainObject$4(capabilities) && "tasks" in capabilities) {
const rest = { ...capabilities };
delete rest["tasks"];
copy().capabilities = rest;
}
return next;
}
const rev2026Codec = {
era: "2026-07-28",
hasRequestMethod: hasRequestMethod2026,
hasNotificationMethod: hasNotificationMethod2026,
hasInputRequestMethod: (method) => getInputRequestSchema2026(method) !== void 0,
validateRequest: (method, raw) => triState(getRequestSchema2026(method), raw),
validateResult: (method, raw) => triState(getResultSchema2026(method), raw),
validateNotification: (method, raw) => triState(getNotificationSchema2026(method), raw),
validateInputRequest: (method, raw) => triState(getInputRequestSchema2026(method), raw),
validateInputResponse: (method, raw) => triState(getInputResponseSchema2026(method), raw),
samplingResultVariant: () => NOT_IN_ERA,
outboundEnvelope(material) {
return {
[PROTOCOL_VERSION_META_KEY]: material.protocolVersion,
[CLIENT_INFO_META_KEY]: material.clientInfo,
[CLIENT_CAPABILITIES_META_KEY]: material.clientCapabilities,
...material.logLevel !== void 0 && { [LOG_LEVEL_META_KEY]: material.logLevel }
};
},
validateEnvelopeMeta(meta) {
const issues = [];
for (const key of REQUIRED_ENVELOPE_KEYS) if (!(key in meta)) issues.push({
key,
problem: "missing"
});
const parsed = buildSchemas2026().RequestMetaEnvelopeSchema.safeParse(meta);
if (!parsed.success) for (const issue of parsed.error.issues) {
const path = issue.path.map(String);
const key = path.length > 0 ? path.join(".") : "_meta";
if (path.length === 1 && issues.some((existing) => existing.key === key && existing.problem === "missing")) continue;
issues.push({
key,
problem: issue.message
});
}
return issues;
},
projectCallToolResult: (result) => appendTextFallbackForNonObject(result),
inputRequestSchema: getInputRequestSchema2026,
decodeResult(method, raw) {
if (!isPlainObject$4(raw)) return {
kind: "invalid",
error: new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${method}: not an object`, { method })
};
const rawResultType = raw["resultType"];
if (rawResultType === void 0) return {
kind: "invalid",
error: new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${method}: missing required resultType — servers implementing protocol revision 2026-07-28 MUST include it (the absent-means-complete bridge applies only to earlier-revision servers)`, {
method,
violation: "missing-resultType"
})
};
if (typeof rawResultType !== "string") return {
kind: "invalid",
error: new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${method}: non-string resultType`, {
method,
resultType: rawResultType
})
};
if (rawResultType === "input_required") {
const rawInputRequests = raw["inputRequests"];
const inputRequests = isPlainObject$4(rawInputRequests) ? rawInputRequests : {};
const requestState = raw["requestState"];
const metaParse = raw["_meta"] === void 0 ? void 0 : buildSchemas2026().ResultMetaSchema.safeParse(raw["_meta"]);
const meta = metaParse?.success ? metaParse.data : void 0;
if (Object.keys(inputRequests).length === 0 && typeof requestState !== "string") return {
kind: "invalid",
error: new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${method}: input_required carries neither inputRequests nor requestState (every input_required result must include at least one of the two)`, {
method,
violation: "input-required-missing-both"
})
};
return {
kind: "input_required",
inputRequests,
...typeof requestState === "string" && { requestState },
...meta !== void 0 && { _meta: meta }
};
}
if (rawResultType !== "complete") return {
kind: "invalid",
error: new SdkError(SdkErrorCode.UnsupportedResultType, `Unsupported result type '${rawResultType}' for ${method}`, {
resultType: rawResultType,
method
})
};
const wireResultSchemas = getWireResultSchemas();
const wireSchema = Object.hasOwn(wireResultSchemas, method) ? wireResultSchemas[method] : void 0;
if (wireSchema !== void 0) {
const parsed = wireSchema.safeParse(raw);
if (!parsed.success) return {
kind: "invalid",
error: new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${method}: ${parsed.error}`, { method })
};
}
const lifted = { ...raw };
delete lifted["resultType"];
return {
kind: "complete",
result: lifted
};
},
encodeResult(method, result, serverInfo) {
return stampServerInfoMeta(fillCacheFields(method, stampResultType(method, enforceDeletedFields(method, result))), serverInfo);
},
encodeErrorCode: (code) => code === -32002 ? -32602 : code,
checkInboundEnvelope(material) {
if (material.envelope === void 0) return "Request is missing the required _meta envelope for protocol revision 2026-07-28 (io.modelcontextprotocol/protocolVersion, io.modelcontextprotocol/clientCapabilities)";
const parsed = buildSchemas2026().RequestMetaEnvelopeSchema.safeParse(material.envelope);
if (!parsed.success) return `Invalid _meta envelope for protocol revision 2026-07-28: ${parsed.error.issues.map((issue) => issue.message).join("; ")}`;
}
};
let wireResultSchemasMemo;
function getWireResultSchemas() {
if (wireResultSchemasMemo) return wireResultSchemasMemo;
const s = buildSchemas2026();
wireResultSchemasMemo = {
"tools/call": s.CallToolResultSchema,
"tools/list": s.ListToolsResultSchema,
"prompts/get": s.GetPromptResultSchema,
"prompts/list": s.ListPromptsResultSchema,
"resources/list": s.ListResourcesResultSchema,
"resources/templates/list": s.ListResourceTemplatesResultSchema,
"resources/read": s.ReadResourceResultSchema,
"completion/complete": s.CompleteResultSchema,
"server/discover": s.DiscoverResultSchema
};
return wireResultSchemasMemo;
}
function warmWireResultSchemas2026() {
getWireResultSchemas();
}
const MODERN_WIRE_REVISION = "2026-07-28";
function codecForVersion(version) {
return version !== void 0 && isModernProtocolVersion(version) ? rev2026Codec : rev2025Codec;
}
function classifiedWireEra(classification) {
if (classification.revision !== void 0) return codecForVersion(classification.revision).era;
return classification.era === "modern" ? rev2026Codec.era : rev2025Codec.era;
}
function isSpecRequestMethod(method) {
return ALL_CODECS.some((codec) => codec.hasRequestMethod(method));
}
function isSpecNotificationMethod(method) {
return ALL_CODECS.some((codec) => codec.hasNotificationMethod(method));
}
function isExtensionReusedRequestMethod(method) {
return method === "tasks/get" || method === "tasks/cancel";
}
const ALL_CODECS = [rev2025Codec, rev2026Codec];
function isPlainObject$3(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function requestMetaOf(params) {
if (!isPlainObject$3(params)) return void 0;
const meta = params["_meta"];
return isPlainObject$3(meta) ? meta : void 0;
}
function hasEnvelopeClaim(params) {
const meta = requestMetaOf(params);
return meta !== void 0 && PROTOCOL_VERSION_META_KEY in meta;
}
function envelopeClaimVersion(params) {
const value = requestMetaOf(params)?.[PROTOCOL_VERSION_META_KEY];
return typeof value === "string" ? value : void 0;
}
function validateEnvelopeMeta(meta) {
return codecForVersion(MODERN_WIRE_REVISION).validateEnvelopeMeta(meta);
}
var schemas_exports =   __exportAll({
AnnotationsSchema: () => AnnotationsSchema,
AudioContentSchema: () => AudioContentSchema,
BaseMetadataSchema: () => BaseMetadataSchema,
BaseRequestParamsSchema: () => BaseRequestParamsSchema,
BlobResourceContentsSchema: () => BlobResourceContentsSchema,
BooleanSchemaSchema: () => BooleanSchemaSchema,
CallToolRequestParamsSchema: () => CallToolRequestParamsSchema,
CallToolRequestSchema: () => CallToolRequestSchema,
CallToolResultSchema: () => CallToolResultSchema,
CancelTaskRequestSchema: () => CancelTaskRequestSchema,
CancelTaskResultSchema: () => CancelTaskResultSchema,
CancelledNotificationParamsSchema: () => CancelledNotificationParamsSchema,
CancelledNotificationSchema: () => CancelledNotificationSchema,
ClientCapabilitiesSchema: () => ClientCapabilitiesSchema,
ClientNotificationSchema: () => ClientNotificationSchema,
ClientRequestSchema: () => ClientRequestSchema,
ClientResultSchema: () => ClientResultSchema,
ClientTasksCapabilitySchema: () => ClientTasksCapabilitySchema,
CompatibilityCallToolResultSchema: () => CompatibilityCallToolResultSchema,
CompleteRequestParamsSchema: () => CompleteRequestParamsSchema,
CompleteRequestSchema: () => CompleteRequestSchema,
CompleteResultSchema: () => CompleteResultSchema,
ContentBlockSchema: () => ContentBlockSchema,
CreateMessageRequestParamsSchema: () => CreateMessageRequestParamsSchema,
CreateMessageRequestSchema: () => CreateMessageRequestSchema,
CreateMessageResultSchema: () => CreateMessageResultSchema,
CreateMessageResultWithToolsSchema: () => CreateMessageResultWithToolsSchema,
CreateTaskResultSchema: () => CreateTaskResultSchema,
CursorSchema: () => CursorSchema,
DiscoverRequestSchema: () => DiscoverRequestSchema,
DiscoverResultSchema: () => DiscoverResultSchema,
ElicitRequestFormParamsSchema: () => ElicitRequestFormParamsSchema,
ElicitRequestParamsSchema: () => ElicitRequestParamsSchema,
ElicitRequestSchema: () => ElicitRequestSchema,
ElicitRequestURLParamsSchema: () => ElicitRequestURLParamsSchema,
ElicitResultSchema: () => ElicitResultSchema,
ElicitationCompleteNotificationParamsSchema: () => ElicitationCompleteNotificationParamsSchema,
ElicitationCompleteNotificationSchema: () => ElicitationCompleteNotificationSchema,
EmbeddedResourceSchema: () => EmbeddedResourceSchema,
EmptyResultSchema: () => EmptyResultSchema,
EnumSchemaSchema: () => EnumSchemaSchema,
GetPromptRequestParamsSchema: () => GetPromptRequestParamsSchema,
GetPromptRequestSchema: () => GetPromptRequestSchema,
GetPromptResultSchema: () => GetPromptResultSchema,
GetTaskPayloadRequestSchema: () => GetTaskPayloadRequestSchema,
GetTaskPayloadResultSchema: () => GetTaskPayloadResultSchema,
GetTaskRequestSchema: () => GetTaskRequestSchema,
GetTaskResultSchema: () => GetTaskResultSchema,
IconSchema: () => IconSchema,
IconsSchema: () => IconsSchema,
ImageContentSchema: () => ImageContentSchema,
ImplementationSchema: () => ImplementationSchema,
InitializeRequestParamsSchema: () => InitializeRequestParamsSchema,
InitializeRequestSchema: () => InitializeRequestSchema,
InitializeResultSchema: () => InitializeResultSchema,
InitializedNotificationSchema: () => InitializedNotificationSchema,
JSONArraySchema: () => JSONArraySchema,
JSONObjectSchema: () => JSONObjectSchema,
JSONRPCErrorResponseSchema: () => JSONRPCErrorResponseSchema,
JSONRPCMessageSchema: () => JSONRPCMessageSchema,
JSONRPCNotificationSchema: () => JSONRPCNotificationSchema,
JSONRPCRequestSchema: () => JSONRPCRequestSchema,
JSONRPCResponseSchema: () => JSONRPCResponseSchema,
JSONRPCResultResponseSchema: () => JSONRPCResultResponseSchema,
JSONValueSchema: () => JSONValueSchema,
LegacyTitledEnumSchemaSchema: () => LegacyTitledEnumSchemaSchema,
ListChangedOptionsBaseSchema: () => ListChangedOptionsBaseSchema,
ListPromptsRequestSchema: () => ListPromptsRequestSchema,
ListPromptsResultSchema: () => ListPromptsResultSchema,
ListResourceTemplatesRequestSchema: () => ListResourceTemplatesRequestSchema,
ListResourceTemplatesResultSchema: () => ListResourceTemplatesResultSchema,
ListResourcesRequestSchema: () => ListResourcesRequestSchema,
ListResourcesResultSchema: () => ListResourcesResultSchema,
ListRootsRequestSchema: () => ListRootsRequestSchema,
ListRootsResultSchema: () => ListRootsResultSchema,
ListTasksRequestSchema: () => ListTasksRequestSchema,
ListTasksResultSchema: () => ListTasksResultSchema,
ListToolsRequestSchema: () => ListToolsRequestSchema,
ListToolsResultSchema: () => ListToolsResultSchema,
LoggingLevelSchema: () => LoggingLevelSchema,
LoggingMessageNotificationParamsSchema: () => LoggingMessageNotificationParamsSchema,
LoggingMessageNotificationSchema: () => LoggingMessageNotificationSchema,
ModelHintSchema: () => ModelHintSchema,
ModelPreferencesSchema: () => ModelPreferencesSchema,
MultiSelectEnumSchemaSchema: () => MultiSelectEnumSchemaSchema,
NotificationSchema: () => NotificationSchema,
NotificationsParamsSchema: () => NotificationsParamsSchema,
NumberSchemaSchema: () => NumberSchemaSchema,
PaginatedRequestParamsSchema: () => PaginatedRequestParamsSchema,
PaginatedRequestSchema: () => PaginatedRequestSchema,
PaginatedResultSchema: () => PaginatedResultSchema,
PingRequestSchema: () => PingRequestSchema,
PrimitiveSchemaDefinitionSchema: () => PrimitiveSchemaDefinitionSchema,
ProgressNotificationParamsSchema: () => ProgressNotificationParamsSchema,
ProgressNotificationSchema: () => ProgressNotificationSchema,
ProgressSchema: () => ProgressSchema,
ProgressTokenSchema: () => ProgressTokenSchema,
PromptArgumentSchema: () => PromptArgumentSchema,
PromptListChangedNotificationSchema: () => PromptListChangedNotificationSchema,
PromptMessageSchema: () => PromptMessageSchema,
PromptReferenceSchema: () => PromptReferenceSchema,
PromptSchema: () => PromptSchema,
ReadResourceRequestParamsSchema: () => ReadResourceRequestParamsSchema,
ReadResourceRequestSchema: () => ReadResourceRequestSchema,
ReadResourceResultSchema: () => ReadResourceResultSchema,
RelatedTaskMetadataSchema: () => RelatedTaskMetadataSchema,
RequestIdSchema: () => RequestIdSchema,
RequestMetaSchema: () => RequestMetaSchema,
RequestSchema: () => RequestSchema,
ResourceContentsSchema: () => ResourceContentsSchema,
ResourceLinkSchema: () => ResourceLinkSchema,
ResourceListChangedNotificationSchema: () => ResourceListChangedNotificationSchema,
ResourceRequestParamsSchema: () => ResourceRequestParamsSchema,
ResourceSchema: () => ResourceSchema,
ResourceTemplateReferenceSchema: () => ResourceTemplateReferenceSchema,
ResourceTemplateSchema: () => ResourceTemplateSchema,
ResourceUpdatedNotificationParamsSchema: () => ResourceUpdatedNotificationParamsSchema,
ResourceUpdatedNotificationSchema: () => ResourceUpdatedNotificationSchema,
ResultMetaObjectSchema: () => ResultMetaObjectSchema,
ResultSchema: () => ResultSchema,
RoleSchema: () => RoleSchema,
RootSchema: () => RootSchema,
RootsListChangedNotificationSchema: () => RootsListChangedNotificationSchema,
SamplingContentSchema: () => SamplingContentSchema,
SamplingMessageContentBlockSchema: () => SamplingMessageContentBlockSchema,
SamplingMessageSchema: () => SamplingMessageSchema,
ServerCapabilitiesSchema: () => ServerCapabilitiesSchema,
ServerNotificationSchema: () => ServerNotificationSchema,
ServerRequestSchema: () => ServerRequestSchema,
ServerResultSchema: () => ServerResultSchema,
ServerTasksCapabilitySchema: () => ServerTasksCapabilitySchema,
SetLevelRequestParamsSchema: () => SetLevelRequestParamsSchema,
SetLevelRequestSchema: () => SetLevelRequestSchema,
SingleSelectEnumSchemaSchema: () => SingleSelectEnumSchemaSchema,
StringSchemaSchema: () => StringSchemaSchema,
SubscribeRequestParamsSchema: () => SubscribeRequestParamsSchema,
SubscribeRequestSchema: () => SubscribeRequestSchema,
SubscriptionFilterSchema: () => SubscriptionFilterSchema,
SubscriptionsAcknowledgedNotificationParamsSchema: () => SubscriptionsAcknowledgedNotificationParamsSchema,
SubscriptionsAcknowledgedNotificationSchema: () => SubscriptionsAcknowledgedNotificationSchema,
SubscriptionsListenRequestParamsSchema: () => SubscriptionsListenRequestParamsSchema,
SubscriptionsListenRequestSchema: () => SubscriptionsListenRequestSchema,
SubscriptionsListenResultMetaSchema: () => SubscriptionsListenResultMetaSchema,
SubscriptionsListenResultSchema: () => SubscriptionsListenResultSchema,
TaskAugmentedRequestParamsSchema: () => TaskAugmentedRequestParamsSchema,
TaskCreationParamsSchema: () => TaskCreationParamsSchema,
TaskMetadataSchema: () => TaskMetadataSchema,
TaskSchema: () => TaskSchema,
TaskStatusNotificationParamsSchema: () => TaskStatusNotificationParamsSchema,
TaskStatusNotificationSchema: () => TaskStatusNotificationSchema,
TaskStatusSchema: () => TaskStatusSchema,
TextContentSchema: () => TextContentSchema,
TextResourceContentsSchema: () => TextResourceContentsSchema,
TitledMultiSelectEnumSchemaSchema: () => TitledMultiSelectEnumSchemaSchema,
TitledSingleSelectEnumSchemaSchema: () => TitledSingleSelectEnumSchemaSchema,
ToolAnnotationsSchema: () => ToolAnnotationsSchema,
ToolChoiceSchema: () => ToolChoiceSchema,
ToolExecutionSchema: () => ToolExecutionSchema,
ToolListChangedNotificationSchema: () => ToolListChangedNotificationSchema,
ToolResultContentSchema: () => ToolResultContentSchema,
ToolSchema: () => ToolSchema,
ToolUseContentSchema: () => ToolUseContentSchema,
UnsubscribeRequestParamsSchema: () => UnsubscribeRequestParamsSchema,
UnsubscribeRequestSchema: () => UnsubscribeRequestSchema,
UntitledMultiSelectEnumSchemaSchema: () => UntitledMultiSelectEnumSchemaSchema,
UntitledSingleSelectEnumSchemaSchema: () => UntitledSingleSelectEnumSchemaSchema
});
function parseJSONRPCMessage(value) {
return JSONRPCMessageSchema.parse(value);
}
const isJSONRPCRequest = (value) => JSONRPCRequestSchema.safeParse(value).success;
const isJSONRPCNotification = (value) => JSONRPCNotificationSchema.safeParse(value).success;
const isJSONRPCResultResponse = (value) => JSONRPCResultResponseSchema.safeParse(value).success;
const isJSONRPCErrorResponse = (value) => JSONRPCErrorResponseSchema.safeParse(value).success;
const isJSONRPCResponse = (value) => JSONRPCResponseSchema.safeParse(value).success;
const isCallToolResult = (value) => {
if (typeof value !== "object" || value === null || value.content === void 0) return false;
return CallToolResultSchema.safeParse(value).success;
};
const isInputRequiredResult = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && value.resultType === "input_required";
const isTaskAugmentedRequestParams = (value) => TaskAugmentedRequestParamsSchema.safeParse(value).success;
const isInitializeRequest = (value) => InitializeRequestSchema.safeParse(value).success;
const isInitializedNotification = (value) => InitializedNotificationSchema.safeParse(value).success;
function assertCompleteRequestPrompt(request) {
if (request.params.ref.type !== "ref/prompt") throw new TypeError(`Expected CompleteRequestPrompt, but got ${request.params.ref.type}`);
}
function assertCompleteRequestResourceTemplate(request) {
if (request.params.ref.type !== "ref/resource") throw new TypeError(`Expected CompleteRequestResourceTemplate, but got ${request.params.ref.type}`);
}
const MCP_PARAM_HEADER_PREFIX = "Mcp-Param-";
const X_MCP_HEADER_KEY = "x-mcp-header";
const RFC9110_TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PERMITTED_X_MCP_HEADER_TYPES = new Set([
"string",
"integer",
"boolean"
]);
function scanXMcpHeaderDeclarations(inputSchema) {
const declarations = [];
const seenLower =   new Map();
let numberFault;
const visit = (node, path, reachable) => {
if (node === null || typeof node !== "object") return void 0;
const schema = node;
if (X_MCP_HEADER_KEY in schema) {
if (!reachable || path.length === 0) return `${pathName(path)}: x-mcp-header is only permitted on properties statically reachable via a chain of 'properties' keys (not under items, additionalProperties, oneOf/anyOf/allOf/not, if/then/else, or $ref)`;
const raw = schema[X_MCP_HEADER_KEY];
if (typeof raw !== "string" || raw.length === 0) return `${pathName(path)}: x-mcp-header MUST be a non-empty string`;
if (!RFC9110_TOKEN.test(raw)) return `${pathName(path)}: x-mcp-header '${raw}' is not a valid RFC 9110 token (no spaces, control characters or HTTP delimiters)`;
const type = typeof schema.type === "string" ? schema.type : void 0;
if (type === void 0 || !PERMITTED_X_MCP_HEADER_TYPES.has(type)) {
const fault$1 = `${pathName(path)}: x-mcp-header is only permitted on primitive-typed properties (string, integer, boolean); got ${type ?? "<none>"}`;
if (type !== "number") return fault$1;
numberFault ??= fault$1;
}
const lower = raw.toLowerCase();
const prior = seenLower.get(lower);
if (prior !== void 0) return `x-mcp-header '${raw}' is not case-insensitively unique (also declared as '${prior}')`;
seenLower.set(lower, raw);
declarations.push({
path,
headerName: raw,
type
});
}
const properties = schema.properties;
if (properties !== null && typeof properties === "object") for (const [key, child] of Object.entries(properties)) {
const fault$1 = visit(child, [...path, key], reachable);
if (fault$1 !== void 0) return fault$1;
}
for (const k of NON_REACHABLE_SUBSCHEMA_KEYWORDS) {
const sub = schema[k];
if (sub === void 0) continue;
const branches = Array.isArray(sub) ? sub : sub !== null && typeof sub === "object" && OBJECT_VALUED_SUBSCHEMA_KEYWORDS.has(k) ? Object.values(sub) : [sub];
for (const branch of branches) {
const fault$1 = visit(branch, [...path, `<${k}>`], false);
if (fault$1 !== void 0) return fault$1;
}
}
};
const fault = visit(inputSchema, [], true);
if (fault !== void 0) return {
valid: false,
reason: numberFault ?? fault
};
return numberFault === void 0 ? {
valid: true,
declarations
} : {
valid: false,
reason: numberFault,
declarations
};
}
const NON_REACHABLE_SUBSCHEMA_KEYWORDS = [
"items",
"prefixItems",
"contains",
"additionalProperties",
"unevaluatedProperties",
"unevaluatedItems",
"propertyNames",
"patternProperties",
"dependentSchemas",
"oneOf",
"anyOf",
"allOf",
"not",
"if",
"then",
"else",
"$defs",
"definitions"
];
const OBJECT_VALUED_SUBSCHEMA_KEYWORDS = new Set([
"patternProperties",
"dependentSchemas",
"$defs",
"definitions"
]);
function pathName(path) {
return path.length === 0 ? "<root>" : path.join(".");
}
const BASE64_SENTINEL_PREFIX = "=?base64?";
const BASE64_SENTINEL_SUFFIX = "?=";
const BASE64_CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const CANONICAL_DECIMAL = /^-?\d+(\.\d+)?$/;
function mcpParamPrimitiveToString(value) {
if (typeof value === "string") return value;
if (typeof value === "boolean") return value ? "true" : "false";
if (typeof value === "number") {
if (!Number.isFinite(value)) return void 0;
if (Number.isInteger(value) && !Number.isSafeInteger(value)) return void 0;
return String(value);
}
}
function base64ToUtf8(b64) {
const bin = atob(b64);
const bytes = new Uint8Array(bin.length);
for (let i = 0; i < bin.length; i++) bytes[i] = bin.codePointAt(i);
return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
function decodeMcpParamValue(value) {
if (!(value.startsWith(BASE64_SENTINEL_PREFIX) && value.endsWith(BASE64_SENTINEL_SUFFIX))) return value;
const b64 = value.slice(9, value.length - 2);
if (!BASE64_CANONICAL.test(b64)) return void 0;
try {
return base64ToUtf8(b64);
} catch {
return;
}
}
function valueAtPath(root, path) {
let node = root;
for (const key of path) {
if (node === null || typeof node !== "object") return void 0;
node = node[key];
}
return node;
}
function validateMcpParamHeaders(declarations, args, headers) {
for (const decl of declarations) {
const headerKey = `${MCP_PARAM_HEADER_PREFIX}${decl.headerName}`;
const headerValue = headers.get(headerKey);
const bodyRaw = valueAtPath(args, decl.path);
if (bodyRaw === void 0 || bodyRaw === null) continue;
const bodyString = mcpParamPrimitiveToString(bodyRaw);
if (bodyString === void 0) continue;
if (headerValue === null) return paramHeaderMismatchRejection("param-header-missing", headerKey, `the body carries ${pathName(decl.path)}=${JSON.stringify(bodyRaw)} but the ${headerKey} header is absent`);
const decoded = decodeMcpParamValue(headerValue);
if (decoded === void 0) return paramHeaderMismatchRejection("param-header-invalid-encoding", headerKey, `the ${headerKey} header carries an invalid Base64 sentinel value`);
if (!((decl.type === "integer" || decl.type === "number") && CANONICAL_DECIMAL.test(decoded) && typeof bodyRaw === "number" ? Number(decoded) === bodyRaw : decoded === bodyString)) return paramHeaderMismatchRejection("param-header-mismatch", headerKey, `the ${headerKey} header decodes to ${JSON.stringify(decoded)} but the body carries ${pathName(decl.path)}=${JSON.stringify(bodyRaw)}`);
}
}
function paramHeaderMismatchRejection(cell, header, body) {
return {
kind: "reject",
rung: "param-header-validation",
cell,
httpStatus: 400,
code: HEADER_MISMATCH_ERROR_CODE,
message: `Bad Request: the request headers and body disagree: ${body}`,
data: { mismatch: {
header,
body
} },
settled: true
};
}
const HEADER_MISMATCH_ERROR_CODE = -32020;
[
{
rung: "http-method",
order: 1,
evaluatedAt: "edge",
codes: [-32e3],
conformance: [],
rationale: "The modern era is POST-only; GET/DELETE are body-less 2025-era session operations and are method-routed to legacy serving (405 when legacy serving is not configured), before any body is read."
},
{
rung: "jsonrpc-shape",
order: 2,
evaluatedAt: "edge",
codes: [ProtocolErrorCode.InvalidRequest],
conformance: ["server-stateless"],
rationale: "The body must be a JSON-RPC request or notification: posted responses and batch arrays containing a modern or invalid element are rejected before classification (element-wise batch rule); all-legacy arrays stay legacy traffic."
},
{
rung: "era-classification",
order: 3,
evaluatedAt: "edge",
codes: [HEADER_MISMATCH_ERROR_CODE, ProtocolErrorCode.UnsupportedProtocolVersion],
conformance: [
"server-stateless",
"http-header-validation",
"http-custom-header-server-validation"
],
rationale: "Body-primary era classification with the protocol-version header as a cross-check; a header/body disagreement is rejected with -32020 (HeaderMismatch), and an envelope-less request on a modern-only endpoint is answered with the unsupported-protocol-version error naming the supported revisions."
},
{
rung: "envelope",
order: 4,
evaluatedAt: "edge",
codes: [ProtocolErrorCode.InvalidParams],
conformance: ["server-stateless"],
rationale: "A present envelope claim with a malformed envelope — and a missing envelope on a request whose protocol-version header names a modern revision — is an invalid-params rejection naming the offending or missing key(s); never a silent fall back to legacy handling. This is the only place an invalid-params rejection maps to HTTP 400."
},
{
rung: "method-registry",
order: 5,
evaluatedAt: "dispatch",
codes: [ProtocolErrorCode.MethodNotFound],
conformance: ["server-stateless"],
rationale: "Method existence outranks parameter validity: a method absent from the negotiated revision’s registry (or with no handler installed) answers method-not-found before params or capabilities are looked at."
},
{
rung: "request-params",
order: 6,
evaluatedAt: "dispatch",
codes: [ProtocolErrorCode.InvalidParams],
conformance: [],
rationale: "Per-method params validation; emitted in-band by the dispatch layer (HTTP 200), never via the ladder status table."
},
{
rung: "standard-header-validation",
order: 7,
evaluatedAt: "pre-dispatch",
codes: [HEADER_MISMATCH_ERROR_CODE],
conformance: ["http-header-validation"],
rationale: "SEP-2243 standard `MCP-Protocol-Version` / `Mcp-Method` / `Mcp-Name` headers — presence, sentinel decoding, and `Mcp-Name` ↔ body cross-check — are validated by the HTTP entry on a modern-classified request after the supported-revision gate and before dispatch. The spec requires `MCP-Protocol-Version` and `Mcp-Method` on every modern *request* POST (`Mcp-Name` only for the methods that mirror `params.name` / `params.uri` / `params.taskId`, see `MCP_NAME_HEADER_SOURCE`) and names them in that order, so a request missing several is answered by the earliest. Notification POSTs are exempt: the presence half runs on requests only, so a modern-enveloped notification is dispatched even with no standard headers at all. The classifier’s own header-mismatch cells (protocol-version, `Mcp-Method` mismatch) stay on the edge `era-classification` rung; this rung carries the entry-layer presence/`Mcp-Name` half — including the missing `MCP-Protocol-Version` cell, which cannot live on the edge rung without breaking body-primary classification. Evaluated before the capability gate, the factory call, and the `Mcp-Param-*` rung so a request that fails several rungs is answered by the standard-header rung first. The documented order (after method-registry 5 and request-params 6) is NOT the observed precedence: serveModern evaluates this rung immediately after the supported-revision gate, so a request that also fails a dispatch rung is answered here before the dispatch rungs (5–6) are consulted."
},
{
rung: "client-capabilities",
order: 8,
evaluatedAt: "pre-dispatch",
codes: [ProtocolErrorCode.MissingRequiredClientCapability],
conformance: ["server-stateless"],
rationale: "The capability requirement is checked by the HTTP entry, pre-dispatch, against the validated envelope the classifier produced — pinning the spec-mandated HTTP 400 independently of how dispatch- and handler-produced errors are mapped. The documented order (after method resolution and params validation) is preserved observably only while the requirement table is empty: once a served method gains a requirement entry, a request that is missing the capability and would also fail a dispatch rung is answered by this gate first, so the entry must consult the method registry before the gate if the documented precedence is to stay observable."
},
{
rung: "param-header-validation",
order: 9,
evaluatedAt: "pre-dispatch",
codes: [HEADER_MISMATCH_ERROR_CODE],
conformance: ["http-custom-header-server-validation"],
rationale: "SEP-2243 `Mcp-Param-*` headers are validated against the named tool’s `x-mcp-header` declarations and the body `arguments` after the tool registry is known and before dispatch reaches the handler; a missing/disagreeing/malformed header is rejected 400 / -32020 with the same shape as the standard-header cross-checks. The documented order (after method resolution and params validation) is preserved observably only when the body `arguments` would otherwise validate: the check runs pre-dispatch, so a `tools/call` that fails BOTH this rung and a dispatch-time rung (e.g. order-6 `request-params`, -32602) is answered by this gate first with 400 / -32020, not by the earlier-ordered rung."
}
];
const LADDER_ERROR_HTTP_STATUS = {
[ProtocolErrorCode.ParseError]: 400,
[ProtocolErrorCode.InvalidRequest]: 400,
[ProtocolErrorCode.MethodNotFound]: 404,
[ProtocolErrorCode.UnsupportedProtocolVersion]: 400,
[ProtocolErrorCode.MissingRequiredClientCapability]: 400,
[HEADER_MISMATCH_ERROR_CODE]: 400
};
function httpStatusForErrorCode(code, origin) {
return LADDER_ERROR_HTTP_STATUS[code] ?? 400;
}
function rejection(rung, cell, httpStatus, error, settled) {
return {
kind: "reject",
rung,
cell,
httpStatus,
code: error.code,
message: error.message,
...error.data !== void 0 && { data: error.data },
settled
};
}
function crossCheckMismatch(cell, header, body, rung = "era-classification") {
return rejection(rung, cell, 400, new ProtocolError(HEADER_MISMATCH_ERROR_CODE, `Bad Request: the request headers and body disagree: ${body}`, { mismatch: {
header,
body
} }), true);
}
const MCP_NAME_HEADER_SOURCE = {
"tools/call": "name",
"prompts/get": "name",
"resources/read": "uri",
"tasks/get": "taskId",
"tasks/update": "taskId",
"tasks/cancel": "taskId"
};
function mcpNameSource(method, params) {
const field = Object.hasOwn(MCP_NAME_HEADER_SOURCE, method) ? MCP_NAME_HEADER_SOURCE[method] : void 0;
if (field === void 0) return;
const raw = isPlainObject$2(params) ? params[field] : void 0;
return {
field,
value: typeof raw === "string" ? raw : void 0
};
}
function stripHttpOws(value) {
let start = 0;
while (start < value.length) {
const code = value.codePointAt(start);
if (code !== 9 && code !== 32) break;
start += 1;
}
let end = value.length;
while (end > start) {
const code = value.codePointAt(end - 1);
if (code !== 9 && code !== 32) break;
end -= 1;
}
return start === 0 && end === value.length ? value : value.slice(start, end);
}
function validateStandardRequestHeaders(request, route) {
if (route.messageKind !== "request") return;
const method = route.message.method;
if (request.protocolVersionHeader === void 0) {
const claimed = route.classification.revision;
return crossCheckMismatch("version-header-missing", "(missing)", claimed === void 0 ? "the body carries a modern per-request envelope but the required MCP-Protocol-Version header is absent" : `the body envelope names protocol version ${claimed} but the required MCP-Protocol-Version header is absent`, "standard-header-validation");
}
if (request.mcpMethodHeader === void 0) return crossCheckMismatch("method-header-missing", "(missing)", `the body names method ${method} but the required Mcp-Method header is absent`, "standard-header-validation");
const source = mcpNameSource(method, route.message.params);
if (source === void 0) return;
const { field: sourceField, value: bodyValue } = source;
if (request.mcpNameHeader === void 0) {
if (bodyValue === void 0) return;
return crossCheckMismatch("name-header-missing", "(missing)", `the body carries params.${sourceField}="${bodyValue}" but the required Mcp-Name header is absent`, "standard-header-validation");
}
const normalizedNameHeader = stripHttpOws(request.mcpNameHeader);
const decoded = decodeMcpParamValue(normalizedNameHeader);
if (decoded === void 0) return crossCheckMismatch("name-header-invalid-encoding", normalizedNameHeader, "the Mcp-Name header carries an invalid Base64 sentinel value", "standard-header-validation");
if (bodyValue !== void 0 && decoded !== bodyValue) return crossCheckMismatch("name-header-mismatch", normalizedNameHeader, `the body carries params.${sourceField}="${bodyValue}" but the Mcp-Name header names "${decoded}"`, "standard-header-validation");
}
function isPlainObject$2(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function classificationForClaim(claimedVersion) {
if (claimedVersion === void 0) return { era: "modern" };
return {
era: isModernProtocolVersion(claimedVersion) ? "modern" : "legacy",
revision: claimedVersion
};
}
function carriesValidModernEnvelopeClaim(params) {
if (!hasEnvelopeClaim(params)) return false;
const claimedVersion = envelopeClaimVersion(params);
if (claimedVersion === void 0 || !isModernProtocolVersion(claimedVersion)) return false;
const meta = requestMetaOf(params);
return meta !== void 0 && validateEnvelopeMeta(meta).length === 0;
}
function classifyBatch(body) {
if (body.length === 0) return rejection("jsonrpc-shape", "empty-batch", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: empty JSON-RPC batch"), true);
for (const element of body) {
if (hasEnvelopeClaim(isPlainObject$2(element) ? element["params"] : void 0)) return rejection("jsonrpc-shape", "batch-with-modern-element", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: JSON-RPC batches may not contain requests for protocol revision 2026-07-28 or later"), true);
if (!(isJSONRPCRequest(element) || isJSONRPCNotification(element) || isJSONRPCResultResponse(element) || isJSONRPCErrorResponse(element))) return rejection("jsonrpc-shape", "batch-with-invalid-element", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: JSON-RPC batch contains an invalid message"), true);
}
return {
kind: "legacy",
reason: "batch"
};
}
function classifyRequestBody(request, body) {
const params = body.params;
const method = body.method;
const headerVersion = request.protocolVersionHeader;
const headerNamesModern = headerVersion !== void 0 && isModernProtocolVersion(headerVersion);
if (method === "initialize" && !carriesValidModernEnvelopeClaim(params)) {
if (headerNamesModern) return crossCheckMismatch("initialize-with-modern-header", headerVersion, "an initialize request (legacy handshake) was sent with a modern MCP-Protocol-Version header");
const requestedVersion = isPlainObject$2(params) && typeof params["protocolVersion"] === "string" ? params["protocolVersion"] : void 0;
return {
kind: "legacy",
reason: "initialize",
...requestedVersion !== void 0 && { requestedVersion }
};
}
if (hasEnvelopeClaim(params)) {
const meta = requestMetaOf(params);
const firstIssue = (meta === void 0 ? [] : validateEnvelopeMeta(meta))[0];
if (firstIssue !== void 0) return rejection("envelope", "envelope-invalid", 400, new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid _meta envelope for protocol revision 2026-07-28: ${firstIssue.key}: ${firstIssue.problem}`, { envelope: firstIssue }), true);
const claimedVersion = envelopeClaimVersion(params);
if (headerVersion !== void 0 && claimedVersion !== void 0 && headerVersion !== claimedVersion) return crossCheckMismatch("header-body-version-mismatch", headerVersion, `the body envelope names protocol version ${claimedVersion} but the MCP-Protocol-Version header names ${headerVersion}`);
if (request.mcpMethodHeader !== void 0 && request.mcpMethodHeader !== method) return crossCheckMismatch("method-header-mismatch", request.mcpMethodHeader, `the body names method ${method} but the Mcp-Method header names ${request.mcpMethodHeader}`);
return {
kind: "modern",
messageKind: "request",
message: body,
classification: classificationForClaim(claimedVersion)
};
}
if (headerNamesModern) {
const meta = requestMetaOf(params);
const missingFromEnvelope = validateEnvelopeMeta(meta ?? {}).filter((issue) => issue.problem === "missing").map((issue) => issue.key);
const missing = meta === void 0 ? ["_meta"] : missingFromEnvelope.length > 0 ? missingFromEnvelope : [PROTOCOL_VERSION_META_KEY];
return rejection("envelope", "modern-header-without-claim", 400, new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid params: the MCP-Protocol-Version header names protocol revision ${headerVersion}, but the request is missing the required per-request envelope key(s): ${missing.join(", ")}`, { envelope: { missing } }), true);
}
return {
kind: "legacy",
reason: "no-claim",
...headerVersion !== void 0 && { requestedVersion: headerVersion }
};
}
function classifyNotificationBody(request, body) {
const params = body.params;
const method = body.method;
const headerVersion = request.protocolVersionHeader;
const headerNamesModern = headerVersion !== void 0 && isModernProtocolVersion(headerVersion);
if (hasEnvelopeClaim(params)) {
const claimedVersion = envelopeClaimVersion(params);
if (claimedVersion === void 0) {
const meta = requestMetaOf(params);
const claimIssue = (meta === void 0 ? [] : validateEnvelopeMeta(meta)).find((issue) => issue.key === PROTOCOL_VERSION_META_KEY) ?? {
key: PROTOCOL_VERSION_META_KEY,
problem: "expected a protocol version string"
};
return rejection("envelope", "notification-envelope-invalid", 400, new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid _meta envelope for protocol revision 2026-07-28: ${claimIssue.key}: ${claimIssue.problem}`, { envelope: claimIssue }), true);
}
if (headerVersion !== void 0 && headerVersion !== claimedVersion) return crossCheckMismatch("notification-header-body-version-mismatch", headerVersion, `the notification envelope names protocol version ${claimedVersion} but the MCP-Protocol-Version header names ${headerVersion}`);
const classification = classificationForClaim(claimedVersion);
if (classification.era === "modern" && request.mcpMethodHeader !== void 0 && request.mcpMethodHeader !== method) return crossCheckMismatch("notification-method-header-mismatch", request.mcpMethodHeader, `the notification body names method ${method} but the Mcp-Method header names ${request.mcpMethodHeader}`);
return {
kind: "modern",
messageKind: "notification",
message: body,
classification
};
}
if (headerNamesModern) {
if (request.mcpMethodHeader !== void 0 && request.mcpMethodHeader !== method) return crossCheckMismatch("notification-method-header-mismatch", request.mcpMethodHeader, `the notification body names method ${method} but the Mcp-Method header names ${request.mcpMethodHeader}`);
return {
kind: "modern",
messageKind: "notification",
message: body,
classification: {
era: "modern",
revision: headerVersion
}
};
}
return {
kind: "legacy",
reason: "notification",
...headerVersion !== void 0 && { requestedVersion: headerVersion }
};
}
function classifyInboundRequest(request) {
request = {
...request,
...request.protocolVersionHeader !== void 0 && { protocolVersionHeader: stripHttpOws(request.protocolVersionHeader) },
...request.mcpMethodHeader !== void 0 && { mcpMethodHeader: stripHttpOws(request.mcpMethodHeader) },
...request.mcpNameHeader !== void 0 && { mcpNameHeader: stripHttpOws(request.mcpNameHeader) }
};
if (request.httpMethod.toUpperCase() !== "POST") return {
kind: "legacy",
reason: "http-method"
};
const body = request.body;
if (Array.isArray(body)) return classifyBatch(body);
if (isJSONRPCResultResponse(body) || isJSONRPCErrorResponse(body)) return {
kind: "legacy",
reason: "response"
};
if (isPlainObject$2(body) && isJSONRPCRequest(body)) return classifyRequestBody(request, body);
if (isPlainObject$2(body) && isJSONRPCNotification(body)) return classifyNotificationBody(request, body);
return rejection("jsonrpc-shape", "invalid-json-rpc-body", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: the request body is not a valid JSON-RPC message"), true);
}
function modernOnlyStrictRejection(route, supportedVersions) {
switch (route.reason) {
case "http-method": return rejection("http-method", "modern-only-method-not-allowed", 405, new ProtocolError(-32e3, "Method not allowed."), true);
case "batch": return rejection("jsonrpc-shape", "modern-only-batch-not-supported", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: JSON-RPC batches are not supported by this endpoint"), true);
case "response": return rejection("jsonrpc-shape", "modern-only-response-post", 400, new ProtocolError(ProtocolErrorCode.InvalidRequest, "Bad Request: JSON-RPC responses cannot be posted to this endpoint"), true);
case "notification": return;
case "initialize":
case "no-claim": {
const requested = route.requestedVersion;
return rejection("era-classification", "modern-only-missing-envelope", 400, requested === void 0 ? new ProtocolError(ProtocolErrorCode.UnsupportedProtocolVersion, "Unsupported protocol version: the request did not name a protocol version", { supported: [...supportedVersions] }) : new UnsupportedProtocolVersionError({
supported: [...supportedVersions],
requested
}), true);
}
}
}
function parseSchema(schema, data) {
return safeParse(schema, data);
}
function shapeKeys(schemas) {
return new Set(schemas.flatMap((schema) => Object.keys(schema.shape)));
}
function isStandardSchema(schema) {
if (schema == null) return false;
const schemaType = typeof schema;
if (schemaType !== "object" && schemaType !== "function") return false;
if (!("~standard" in schema)) return false;
return typeof schema["~standard"]?.validate === "function";
}
let warnedZodFallback = false;
const JSON_SCHEMA_CONVERSION_TARGET = "draft-2020-12";
function standardSchemaToJsonSchema(schema, io = "input") {
const std = schema["~standard"];
let result;
if (std.jsonSchema) result = std.jsonSchema[io]({ target: JSON_SCHEMA_CONVERSION_TARGET });
else if (std.vendor === "zod") {
if (!("_zod" in schema)) throw new Error("Schema appears to be from zod 3, which the SDK cannot convert to JSON Schema. Upgrade to zod >=4.2.0, or wrap your JSON Schema with fromJsonSchema().");
if (!warnedZodFallback) {
warnedZodFallback = true;
console.warn("[mcp-sdk] Your zod version does not implement `~standard.jsonSchema` (added in zod 4.2.0). Falling back to z.toJSONSchema(). Upgrade to zod >=4.2.0 to silence this warning.");
}
result = toJSONSchema(schema, {
target: JSON_SCHEMA_CONVERSION_TARGET,
io
});
} else throw new Error(`Schema library "${std.vendor}" does not implement StandardJSONSchemaV1 (\`~standard.jsonSchema\`). Upgrade to a version that does, or wrap your JSON Schema with fromJsonSchema().`);
if (io === "output") {
if (result.type !== void 0) return result;
return isProvablyObjectShapedRoot(result) ? {
type: "object",
...result
} : result;
}
if (result.type !== void 0 && result.type !== "object") throw new Error(`MCP tool and prompt schemas must describe objects (got type: ${JSON.stringify(result.type)}). Wrap your schema in z.object({...}) or equivalent.`);
return {
type: "object",
...result
};
}
const LOCAL_DEFINITION_REF = /^#\/(\$defs|definitions)\/([^/~%]+)$/;
function isProvablyObjectShapedRoot(schema, root = schema) {
if ("properties" in schema || "patternProperties" in schema || "additionalProperties" in schema || "required" in schema) return true;
const ref = typeof schema.$ref === "string" && LOCAL_DEFINITION_REF.exec(schema.$ref);
if (ref && root[ref[1]]?.[ref[2]]?.type === "object") return true;
for (const key of [
"oneOf",
"anyOf",
"allOf"
]) {
const members = schema[key];
if (Array.isArray(members) && members.length > 0) return members.every((m) => m !== null && typeof m === "object" && (m.type === "object" || isProvablyObjectShapedRoot(m, "$id" in m ? {} : root)));
}
return false;
}
function formatIssue(issue) {
if (!issue.path?.length) return issue.message;
return `${issue.path.map((p) => String(typeof p === "object" ? p.key : p)).join(".")}: ${issue.message}`;
}
async function validateStandardSchema(schema, data) {
const result = await schema["~standard"].validate(data);
if (result.issues && result.issues.length > 0) return {
success: false,
error: result.issues.map((i) => formatIssue(i)).join(", ")
};
return {
success: true,
data: result.value
};
}
function zodEmittedPattern(schema) {
const jsonSchema = toJSONSchema(schema, {
target: JSON_SCHEMA_CONVERSION_TARGET,
io: "input"
});
return typeof jsonSchema.pattern === "string" ? jsonSchema.pattern : void 0;
}
const DATETIME_FRACTION_DIGITS = /\\\.\\d\{(\d+)\}/;
function datetimeReferenceSchemas(pattern) {
const fractionDigits = DATETIME_FRACTION_DIGITS.exec(pattern);
const precisions = [
void 0,
-1,
0
];
if (fractionDigits) precisions.push(Number(fractionDigits[1]));
return [false, true].flatMap((local) => [false, true].flatMap((offset) => precisions.map((precision) => datetime({
local,
offset,
precision
}))));
}
function referencePatternsForFormat(format, pattern) {
let referenceSchemas;
switch (format) {
case "email":
referenceSchemas = [email()];
break;
case "uri":
referenceSchemas = [url()];
break;
case "date":
referenceSchemas = [date$1()];
break;
case "date-time":
referenceSchemas = datetimeReferenceSchemas(pattern);
break;
}
return new Set(referenceSchemas.map((schema) => zodEmittedPattern(schema)).filter((emitted) => emitted !== void 0));
}
function isLibraryFormatPattern(format, pattern, vendor) {
if (vendor !== "zod") return true;
return referencePatternsForFormat(format, pattern).has(pattern);
}
function promptArgumentsFromStandardSchema(schema) {
const jsonSchema = standardSchemaToJsonSchema(schema, "input");
const properties = jsonSchema.properties || {};
const required = jsonSchema.required || [];
return Object.entries(properties).map(([name, prop]) => ({
name,
description: prop?.description,
required: required.includes(name)
}));
}
function isJsonObject(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
function convertStandardElicitationSchema(schema) {
try {
return standardSchemaToJsonSchema(schema, "input");
} catch (error) {
const detail = error instanceof Error ? error.message : String(error);
throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation requestedSchema must describe an object with flat primitive properties: ${detail}`);
}
}
const ANNOTATION_ONLY_JSON_SCHEMA_KEYWORDS = new Set([
"$comment",
"deprecated",
"description",
"examples",
"readOnly",
"title",
"writeOnly"
]);
function isAnnotationOnlyJsonSchemaKeyword(key) {
return ANNOTATION_ONLY_JSON_SCHEMA_KEYWORDS.has(key) || key.startsWith("x-");
}
const ROOT_KEYS = new Set(["$schema", ...Object.keys(ElicitRequestFormParamsSchema.shape.requestedSchema.shape)]);
const PROPERTY_KEYS_BY_TYPE = {
string: shapeKeys([
StringSchemaSchema,
UntitledSingleSelectEnumSchemaSchema,
TitledSingleSelectEnumSchemaSchema,
LegacyTitledEnumSchemaSchema
]),
number: shapeKeys([NumberSchemaSchema]),
integer: shapeKeys([NumberSchemaSchema]),
boolean: shapeKeys([BooleanSchemaSchema]),
array: shapeKeys([UntitledMultiSelectEnumSchemaSchema, TitledMultiSelectEnumSchemaSchema])
};
const SUPPORTED_STRING_FORMATS = new Set(StringSchemaSchema.shape.format.unwrap().options);
function walkProperty(node, path, vendor, unsupported) {
if (!isJsonObject(node)) return node;
const allowedKeys = typeof node.type === "string" && Object.hasOwn(PROPERTY_KEYS_BY_TYPE, node.type) ? PROPERTY_KEYS_BY_TYPE[node.type] : void 0;
if (allowedKeys === void 0) return node;
const pruned = {};
for (const [key, value] of Object.entries(node)) if (allowedKeys.has(key) || isAnnotationOnlyJsonSchemaKeyword(key)) pruned[key] = value;
else if (key === "pattern" && node.type === "string" && typeof node.format === "string") {
if (!SUPPORTED_STRING_FORMATS.has(node.format)) pruned[key] = value;
else if (typeof value !== "string" || !isLibraryFormatPattern(node.format, value, vendor)) unsupported.push(`${path}.${key}`);
} else unsupported.push(`${path}.${key}`);
return pruned;
}
function walkRequestedSchema(converted, vendor) {
const pruned = {};
const unsupported = [];
for (const [key, value] of Object.entries(converted)) if (key === "properties" && isJsonObject(value)) pruned[key] = Object.fromEntries(Object.entries(value).map(([name, node]) => [name, walkProperty(node, `properties.${name}`, vendor, unsupported)]));
else if (ROOT_KEYS.has(key)) pruned[key] = value;
else if (!isAnnotationOnlyJsonSchemaKeyword(key)) unsupported.push(key);
if (unsupported.length > 0) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation requestedSchema contains unsupported JSON Schema constraint(s) after Standard Schema conversion: ${unsupported.join(", ")}`);
return pruned;
}
function describeUnsupportedProperties(pruned, fallback) {
if (!isJsonObject(pruned.properties)) return fallback;
const offenders = Object.entries(pruned.properties).filter(([, node]) => !parseSchema(PrimitiveSchemaDefinitionSchema, node).success).map(([name]) => `properties.${name}`);
return offenders.length > 0 ? offenders.join(", ") : fallback;
}
function findDroppedConstraintPaths(original, parsed, path = "") {
if (Array.isArray(original) && Array.isArray(parsed)) return original.flatMap((item, index) => findDroppedConstraintPaths(item, parsed[index], `${path}[${index}]`));
if (!isJsonObject(original) || !isJsonObject(parsed)) return [];
return Object.entries(original).flatMap(([key, value]) => {
const childPath = path ? `${path}.${key}` : key;
if (!Object.prototype.hasOwnProperty.call(parsed, key)) return isAnnotationOnlyJsonSchemaKeyword(key) ? [] : [childPath];
return findDroppedConstraintPaths(value, parsed[key], childPath);
});
}
function normalizeElicitInputParams(input) {
if (!isStandardSchema(input.requestedSchema)) return {
...input,
mode: "form",
requestedSchema: input.requestedSchema
};
const vendor = input.requestedSchema["~standard"].vendor;
const pruned = walkRequestedSchema(convertStandardElicitationSchema(input.requestedSchema), vendor);
const parsed = parseSchema(ElicitRequestFormParamsSchema.shape.requestedSchema, pruned);
if (!parsed.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation requestedSchema only supports flat primitive properties (string, number, integer, boolean, and string enums): ${describeUnsupportedProperties(pruned, parsed.error.message)}`);
const droppedConstraints = findDroppedConstraintPaths(pruned, parsed.data);
if (droppedConstraints.length > 0) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation requestedSchema contains unsupported JSON Schema constraint(s) after Standard Schema conversion: ${droppedConstraints.join(", ")}`);
const danglingRequired = (parsed.data.required ?? []).filter((key) => !Object.prototype.hasOwnProperty.call(parsed.data.properties, key));
if (danglingRequired.length > 0) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation requestedSchema lists required properties that are not defined in properties: ${danglingRequired.join(", ")}`);
return {
...input,
mode: "form",
requestedSchema: parsed.data
};
}
function buildInputRequired(spec) {
const hasInputRequests = spec.inputRequests !== void 0 && Object.keys(spec.inputRequests).length > 0;
const hasRequestState = typeof spec.requestState === "string";
if (!hasInputRequests && !hasRequestState) throw new TypeError("inputRequired() requires at least one of inputRequests (with at least one entry) or requestState (spec: every InputRequiredResult MUST include at least one of the two)");
return {
resultType: "input_required",
...spec.inputRequests !== void 0 && { inputRequests: spec.inputRequests },
...spec.requestState !== void 0 && { requestState: spec.requestState }
};
}
const inputRequired = Object.assign(buildInputRequired, {
elicit(params) {
try {
return {
method: "elicitation/create",
params: normalizeElicitInputParams(params)
};
} catch (error) {
throw error instanceof ProtocolError ? new TypeError(error.message, { cause: error }) : error;
}
},
elicitUrl(params) {
return {
method: "elicitation/create",
params: {
...params,
mode: "url"
}
};
},
createMessage(params) {
return {
method: "sampling/createMessage",
params
};
},
listRoots() {
return { method: "roots/list" };
}
});
function acceptedContent(responses, key, schema) {
const view = inputResponse(responses, key);
if (view.kind !== "elicit" || view.action !== "accept" || view.content === void 0) return void 0;
if (schema === void 0) return view.content;
const outcome = schema["~standard"].validate(view.content);
if (outcome instanceof Promise) throw new TypeError("acceptedContent(responses, key, schema) requires a synchronously-validating schema");
return outcome.issues === void 0 ? outcome.value : void 0;
}
function inputResponse(responses, key) {
if (responses === void 0 || typeof responses !== "object" || responses === null) return { kind: "missing" };
const entry = responses[key];
if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return { kind: "missing" };
const candidate = entry;
if (candidate["action"] === "accept" || candidate["action"] === "decline" || candidate["action"] === "cancel") {
const content = candidate["content"];
return {
kind: "elicit",
action: candidate["action"],
...content !== null && typeof content === "object" && !Array.isArray(content) && { content }
};
}
if (Array.isArray(candidate["roots"])) return {
kind: "roots",
roots: candidate["roots"]
};
if (typeof candidate["role"] === "string" && candidate["content"] !== void 0) return {
kind: "sampling",
result: candidate
};
return { kind: "missing" };
}
const REQUEST_STATE_ONLY_LEG_PACING_MS = 250;
function inputRequiredRoundsExceededMessage(method, maxRounds) {
return `Multi-round-trip request '${method}' still required input after ${maxRounds} rounds (inputRequired.maxRounds)`;
}
function sleep(ms, signal) {
return new Promise((resolve, reject) => {
if (signal?.aborted) {
reject(signal.reason instanceof SdkError ? signal.reason : new SdkError(SdkErrorCode.RequestTimeout, String(signal.reason)));
return;
}
const timer = setTimeout(() => {
signal?.removeEventListener("abort", onAbort);
resolve();
}, ms);
const onAbort = () => {
clearTimeout(timer);
reject(signal?.reason instanceof SdkError ? signal.reason : new SdkError(SdkErrorCode.RequestTimeout, String(signal?.reason)));
};
signal?.addEventListener("abort", onAbort, { once: true });
});
}
function linkedRoundAbort(outer) {
const controller = new AbortController();
const onOuterAbort = () => controller.abort(outer?.reason);
outer?.addEventListener("abort", onOuterAbort, { once: true });
if (outer?.aborted) controller.abort(outer.reason);
return {
signal: controller.signal,
abort: (reason) => controller.abort(reason),
dispose: () => outer?.removeEventListener("abort", onOuterAbort)
};
}
const SPEC_SCHEMA_KEYS = [
"AnnotationsSchema",
"AudioContentSchema",
"BaseMetadataSchema",
"BlobResourceContentsSchema",
"BooleanSchemaSchema",
"CallToolRequestSchema",
"CallToolRequestParamsSchema",
"CallToolResultSchema",
"CancelledNotificationSchema",
"CancelledNotificationParamsSchema",
"CancelTaskRequestSchema",
"CancelTaskResultSchema",
"ClientCapabilitiesSchema",
"ClientNotificationSchema",
"ClientRequestSchema",
"ClientResultSchema",
"CompatibilityCallToolResultSchema",
"CompleteRequestSchema",
"CompleteRequestParamsSchema",
"CompleteResultSchema",
"ContentBlockSchema",
"CreateMessageRequestSchema",
"CreateMessageRequestParamsSchema",
"CreateMessageResultSchema",
"CreateMessageResultWithToolsSchema",
"CreateTaskResultSchema",
"CursorSchema",
"DiscoverRequestSchema",
"DiscoverResultSchema",
"ElicitationCompleteNotificationSchema",
"ElicitationCompleteNotificationParamsSchema",
"ElicitRequestSchema",
"ElicitRequestFormParamsSchema",
"ElicitRequestParamsSchema",
"ElicitRequestURLParamsSchema",
"ElicitResultSchema",
"EmbeddedResourceSchema",
"EmptyResultSchema",
"EnumSchemaSchema",
"GetPromptRequestSchema",
"GetPromptRequestParamsSchema",
"GetPromptResultSchema",
"GetTaskPayloadRequestSchema",
"GetTaskPayloadResultSchema",
"GetTaskRequestSchema",
"GetTaskResultSchema",
"IconSchema",
"IconsSchema",
"ImageContentSchema",
"ImplementationSchema",
"InitializedNotificationSchema",
"InitializeRequestSchema",
"InitializeRequestParamsSchema",
"InitializeResultSchema",
"JSONArraySchema",
"JSONObjectSchema",
"JSONRPCErrorResponseSchema",
"JSONRPCMessageSchema",
"JSONRPCNotificationSchema",
"JSONRPCRequestSchema",
"JSONRPCResponseSchema",
"JSONRPCResultResponseSchema",
"JSONValueSchema",
"LegacyTitledEnumSchemaSchema",
"ListPromptsRequestSchema",
"ListPromptsResultSchema",
"ListResourcesRequestSchema",
"ListResourcesResultSchema",
"ListResourceTemplatesRequestSchema",
"ListResourceTemplatesResultSchema",
"ListRootsRequestSchema",
"ListRootsResultSchema",
"ListTasksRequestSchema",
"ListTasksResultSchema",
"ListToolsRequestSchema",
"ListToolsResultSchema",
"LoggingLevelSchema",
"LoggingMessageNotificationSchema",
"LoggingMessageNotificationParamsSchema",
"ModelHintSchema",
"ModelPreferencesSchema",
"MultiSelectEnumSchemaSchema",
"NotificationSchema",
"NumberSchemaSchema",
"PaginatedRequestSchema",
"PaginatedRequestParamsSchema",
"PaginatedResultSchema",
"PingRequestSchema",
"PrimitiveSchemaDefinitionSchema",
"ProgressSchema",
"ProgressNotificationSchema",
"ProgressNotificationParamsSchema",
"ProgressTokenSchema",
"PromptSchema",
"PromptArgumentSchema",
"PromptListChangedNotificationSchema",
"PromptMessageSchema",
"PromptReferenceSchema",
"ReadResourceRequestSchema",
"ReadResourceRequestParamsSchema",
"ReadResourceResultSchema",
"RelatedTaskMetadataSchema",
"RequestSchema",
"RequestIdSchema",
"RequestMetaSchema",
"ResourceSchema",
"ResourceContentsSchema",
"ResourceLinkSchema",
"ResourceListChangedNotificationSchema",
"ResourceRequestParamsSchema",
"ResourceTemplateSchema",
"ResourceTemplateReferenceSchema",
"ResourceUpdatedNotificationSchema",
"ResourceUpdatedNotificationParamsSchema",
"ResultMetaObjectSchema",
"ResultSchema",
"RoleSchema",
"RootSchema",
"RootsListChangedNotificationSchema",
"SamplingContentSchema",
"SamplingMessageSchema",
"SamplingMessageContentBlockSchema",
"ServerCapabilitiesSchema",
"ServerNotificationSchema",
"ServerRequestSchema",
"ServerResultSchema",
"SetLevelRequestSchema",
"SetLevelRequestParamsSchema",
"SingleSelectEnumSchemaSchema",
"StringSchemaSchema",
"SubscribeRequestSchema",
"SubscribeRequestParamsSchema",
"SubscriptionFilterSchema",
"SubscriptionsAcknowledgedNotificationSchema",
"SubscriptionsAcknowledgedNotificationParamsSchema",
"SubscriptionsListenRequestSchema",
"SubscriptionsListenRequestParamsSchema",
"SubscriptionsListenResultSchema",
"SubscriptionsListenResultMetaSchema",
"TaskAugmentedRequestParamsSchema",
"TaskCreationParamsSchema",
"TaskMetadataSchema",
"TaskSchema",
"TaskStatusSchema",
"TaskStatusNotificationSchema",
"TaskStatusNotificationParamsSchema",
"TextContentSchema",
"TextResourceContentsSchema",
"TitledMultiSelectEnumSchemaSchema",
"TitledSingleSelectEnumSchemaSchema",
"ToolSchema",
"ToolAnnotationsSchema",
"ToolChoiceSchema",
"ToolExecutionSchema",
"ToolListChangedNotificationSchema",
"ToolResultContentSchema",
"ToolUseContentSchema",
"UnsubscribeRequestSchema",
"UnsubscribeRequestParamsSchema",
"UntitledMultiSelectEnumSchemaSchema",
"UntitledSingleSelectEnumSchemaSchema"
];
const authSchemas = {
IdJagTokenExchangeResponseSchema,
OAuthClientInformationFullSchema,
OAuthClientInformationSchema,
OAuthClientMetadataSchema,
OAuthClientRegistrationErrorSchema,
OAuthErrorResponseSchema,
OAuthMetadataSchema,
OAuthProtectedResourceMetadataSchema,
OAuthTokenRevocationRequestSchema,
OAuthTokensSchema,
OpenIdProviderDiscoveryMetadataSchema,
OpenIdProviderMetadataSchema
};
const _specTypeSchemas = {};
const _isSpecType = {};
function register(key, schema) {
const name = key.slice(0, -6);
_specTypeSchemas[name] = schema;
_isSpecType[name] = (v) => schema.safeParse(v).success;
}
for (const key of SPEC_SCHEMA_KEYS) register(key, schemas_exports[key]);
for (const [key, schema] of Object.entries(authSchemas)) register(key, schema);
const specTypeSchemas = Object.freeze(_specTypeSchemas);
const isSpecType = Object.freeze(_isSpecType);
function bootstrapOutboundCodec(method) {
switch (method) {
case "initialize":
case "notifications/initialized": return codecForVersion(void 0);
case "server/discover": return codecForVersion(MODERN_WIRE_REVISION);
default: return;
}
}
const DEFAULT_REQUEST_TIMEOUT_MSEC = 6e4;
const RESERVED_ENVELOPE_META_KEYS = [
PROTOCOL_VERSION_META_KEY,
CLIENT_INFO_META_KEY,
CLIENT_CAPABILITIES_META_KEY,
LOG_LEVEL_META_KEY
];
const RETRY_PARAMS_KEYS = ["inputResponses", "requestState"];
function liftWireOnlyMaterial(message, kind) {
const params = message.params;
if (!isPlainObject$1(params)) return {
message,
lifted: {}
};
const meta = params._meta;
const envelopeKeys = isPlainObject$1(meta) ? RESERVED_ENVELOPE_META_KEYS.filter((key) => key in meta) : [];
const retryKeys = kind === "request" ? RETRY_PARAMS_KEYS.filter((key) => key in params) : [];
if (envelopeKeys.length === 0 && retryKeys.length === 0) return {
message,
lifted: {}
};
const lifted = {};
const nextParams = { ...params };
if (envelopeKeys.length > 0 && isPlainObject$1(meta)) {
const envelope = {};
const nextMeta = { ...meta };
for (const key of envelopeKeys) {
envelope[key] = meta[key];
delete nextMeta[key];
}
lifted.envelope = envelope;
if (Object.keys(nextMeta).length > 0) nextParams._meta = nextMeta;
else delete nextParams._meta;
}
for (const key of retryKeys) {
if (key === "inputResponses") lifted.inputResponses = nextParams[key];
if (key === "requestState") lifted.requestState = nextParams[key];
delete nextParams[key];
}
return {
message: {
...message,
params: nextParams
},
lifted
};
}
function codecResultValidator(codec, method) {
const probe = codec.validateResult(method, void 0);
if (!probe.ok && probe.reason === "not-in-era") return void 0;
return { "~standard": {
version: 1,
vendor: "mcp-wire-codec",
validate(value) {
const outcome = codec.validateResult(method, value);
if (outcome.ok) return { value: outcome.value };
return { issues: [{ message: outcome.reason === "invalid" ? outcome.message : `not-in-era: ${method}` }] };
}
} };
}
function requestStateAccessor(value) {
return () => value;
}
const NO_REQUEST_STATE = requestStateAccessor(void 0);
function withRequestStateValue(ctx, value) {
return {
...ctx,
mcpReq: {
...ctx.mcpReq,
requestState: requestStateAccessor(value)
}
};
}
let writeNegotiatedProtocolVersion;
function setNegotiatedProtocolVersion(instance, version) {
writeNegotiatedProtocolVersion(instance, version);
}
var Protocol = class {
_transport;
_requestMessageId = 0;
_requestHandlers =   new Map();
_customSchemaRequestMethods =   new Set();
_requestHandlerAbortControllers =   new Map();
_notificationHandlers =   new Map();
_responseHandlers =   new Map();
_progressHandlers =   new Map();
_timeoutInfo =   new Map();
_pendingDebouncedNotifications =   new Set();
_negotiatedProtocolVersion;
static {
writeNegotiatedProtocolVersion = (instance, version) => {
instance._negotiatedProtocolVersion = version;
};
}
_supportedProtocolVersions;
onclose;
onerror;
fallbackRequestHandler;
fallbackNotificationHandler;
constructor(_options) {
this._options = _options;
this._supportedProtocolVersions = _options?.supportedProtocolVersions ?? SUPPORTED_PROTOCOL_VERSIONS;
this.setNotificationHandler("notifications/cancelled", (notification) => {
this._oncancel(notification);
});
this.setNotificationHandler("notifications/progress", (notification) => {
this._onprogress(notification);
});
this.setRequestHandler("ping", (_request) => ({}));
}
_shouldDropInbound(_message) {}
_outboundMetaEnvelope() {}
_envelopeOutbound(message) {
const envelope = this._outboundMetaEnvelope();
if (envelope === void 0) return message;
const params = message.params ?? {};
return {
...message,
params: {
...params,
_meta: {
...envelope,
...params._meta
}
}
};
}
_resolveNonCompleteResult(decoded, flow) {
return Promise.reject(new SdkError(SdkErrorCode.UnsupportedResultType, `Unsupported result type '${decoded.kind}' for ${flow.request.method}`, {
resultType: decoded.kind,
method: flow.request.method
}));
}
_getRequestHandler(method) {
return this._requestHandlers.get(method);
}
async _oncancel(notification) {
if (notification.params.requestId === void 0) return;
this._requestHandlerAbortControllers.get(notification.params.requestId)?.abort(notification.params.reason);
}
_setupTimeout(messageId, timeout, maxTotalTimeout, onTimeout, resetTimeoutOnProgress = false) {
this._timeoutInfo.set(messageId, {
timeoutId: setTimeout(onTimeout, timeout),
startTime: Date.now(),
timeout,
maxTotalTimeout,
resetTimeoutOnProgress,
onTimeout
});
}
_resetTimeout(messageId) {
const info = this._timeoutInfo.get(messageId);
if (!info) return false;
const totalElapsed = Date.now() - info.startTime;
if (info.maxTotalTimeout && totalElapsed >= info.maxTotalTimeout) {
this._timeoutInfo.delete(messageId);
throw new SdkError(SdkErrorCode.RequestTimeout, "Maximum total timeout exceeded", {
maxTotalTimeout: info.maxTotalTimeout,
totalElapsed
});
}
clearTimeout(info.timeoutId);
info.timeoutId = setTimeout(info.onTimeout, info.timeout);
return true;
}
_cleanupTimeout(messageId) {
const info = this._timeoutInfo.get(messageId);
if (info) {
clearTimeout(info.timeoutId);
this._timeoutInfo.delete(messageId);
}
}
async connect(transport) {
this._transport = transport;
const _onclose = this.transport?.onclose;
this._transport.onclose = () => {
try {
_onclose?.();
} finally {
this._onclose();
}
};
const _onerror = this.transport?.onerror;
this._transport.onerror = (error) => {
_onerror?.(error);
this._onerror(error);
};
const _onmessage = this._transport?.onmessage;
this._transport.onmessage = (message, extra) => {
_onmessage?.(message, extra);
if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) this._onresponse(message);
else if (isJSONRPCRequest(message)) this._onrequest(message, extra);
else if (isJSONRPCNotification(message)) this._onnotification(message, extra);
else this._onerror(  new Error(`Unknown message type: ${JSON.stringify(message)}`));
};
transport.setSupportedProtocolVersions?.(this._supportedProtocolVersions);
await this._transport.start();
}
_onclose() {
const responseHandlers = this._responseHandlers;
this._responseHandlers =   new Map();
this._progressHandlers.clear();
this._pendingDebouncedNotifications.clear();
for (const info of this._timeoutInfo.values()) clearTimeout(info.timeoutId);
this._timeoutInfo.clear();
const requestHandlerAbortControllers = this._requestHandlerAbortControllers;
this._requestHandlerAbortControllers =   new Map();
const error = new SdkError(SdkErrorCode.ConnectionClosed, "Connection closed");
this._transport = void 0;
try {
this.onclose?.();
} finally {
for (const handler of responseHandlers.values()) handler(error);
for (const controller of requestHandlerAbortControllers.values()) controller.abort(error);
}
}
_onerror(error) {
this.onerror?.(error);
}
_onnotification(rawNotification, extra) {
const { message: notification } = liftWireOnlyMaterial(rawNotification, "notification");
const codec = this._negotiatedWireCodec();
if (extra?.classification === void 0 && this._shouldDropInbound(rawNotification) === "drop") return;
if (extra?.classification !== void 0) {
const classified = classifiedWireEra(extra.classification);
if (classified !== codec.era) {
this._onerror(  new Error(`Era mismatch on inbound notification '${notification.method}': classified as ${classified} but this instance serves ${codec.era}`));
return;
}
}
if (isSpecNotificationMethod(notification.method) && !codec.hasNotificationMethod(notification.method)) return;
const handler = this._notificationHandlers.get(notification.method);
const fallback = this.fallbackNotificationHandler;
if (handler === void 0 && fallback === void 0) return;
Promise.resolve().then(() => handler === void 0 ? fallback(notification) : handler(notification, codec)).catch((error) => this._onerror(  new Error(`Uncaught error in notification handler: ${error}`)));
}
_onrequest(rawRequest, extra) {
const { message: request, lifted } = liftWireOnlyMaterial(rawRequest, "request");
const codec = this._negotiatedWireCodec();
if (extra?.classification === void 0 && this._shouldDropInbound(rawRequest) === "drop") {
this._onerror(  new Error(`Dropped inbound request '${rawRequest.method}': not servable on this connection's protocol era`));
return;
}
const capturedTransport = this._transport;
const sendErrorResponse = (code, message, data) => {
const errorResponse = {
jsonrpc: "2.0",
id: request.id,
error: {
code,
message,
...data !== void 0 && { data }
}
};
capturedTransport?.send(errorResponse).catch((error) => this._onerror(  new Error(`Failed to send an error response: ${error}`)));
};
if (extra?.classification !== void 0) {
const classified = classifiedWireEra(extra.classification);
if (classified !== codec.era) {
this._onerror(  new Error(`Era mismatch on inbound request '${request.method}': classified as ${classified} but this instance serves ${codec.era}`));
const requested = extra.classification.revision ?? classified;
sendErrorResponse(ProtocolErrorCode.UnsupportedProtocolVersion, `Unsupported protocol version: ${requested}`, {
supported: this._supportedProtocolVersions,
requested
});
return;
}
}
if (isSpecRequestMethod(request.method) && !codec.hasRequestMethod(request.method) && !(isExtensionReusedRequestMethod(request.method) && this._customSchemaRequestMethods.has(request.method))) {
sendErrorResponse(ProtocolErrorCode.MethodNotFound, "Method not found");
return;
}
const handler = this._requestHandlers.get(request.method) ?? this.fallbackRequestHandler;
if (handler === void 0) {
sendErrorResponse(ProtocolErrorCode.MethodNotFound, "Method not found");
return;
}
const envelopeError = codec.checkInboundEnvelope(lifted);
if (envelopeError !== void 0) {
sendErrorResponse(ProtocolErrorCode.InvalidParams, envelopeError);
return;
}
const sendNotification = (notification, options) => this._notificationViaCodec(this._resolveOutboundCodec(notification.method), notification, {
...options,
relatedRequestId: request.id
});
const sendRequest = (r, resultSchema, options) => this._requestWithSchemaViaCodec(this._resolveOutboundCodec(r.method), r, resultSchema, {
...options,
relatedRequestId: request.id
});
const abortController = new AbortController();
this._requestHandlerAbortControllers.set(request.id, abortController);
const partitionedInputResponses = lifted.inputResponses === void 0 ? void 0 : partitionInputResponses(lifted.inputResponses);
const baseCtx = {
sessionId: capturedTransport?.sessionId,
mcpReq: {
id: request.id,
method: request.method,
_meta: request.params?._meta,
...lifted.envelope !== void 0 && { envelope: lifted.envelope },
...partitionedInputResponses !== void 0 && { inputResponses: partitionedInputResponses.accepted },
...partitionedInputResponses !== void 0 && partitionedInputResponses.droppedKeys.length > 0 && { droppedInputResponseKeys: partitionedInputResponses.droppedKeys },
requestState: lifted.requestState === void 0 ? NO_REQUEST_STATE : requestStateAccessor(lifted.requestState),
signal: abortController.signal,
send: ((r, schemaOrOptions, maybeOptions) => {
const sendCodec = this._resolveOutboundCodec(r.method);
this._assertOutboundRequestInEra(sendCodec, r.method);
if (isStandardSchema(schemaOrOptions)) return sendRequest(r, schemaOrOptions, maybeOptions);
const validate = codecResultValidator(sendCodec, r.method);
if (validate === void 0) throw new TypeError(`'${r.method}' is not a spec method; pass a result schema as the second argument to ctx.mcpReq.send().`);
return sendRequest(r, validate, schemaOrOptions);
}),
notify: sendNotification
},
http: extra?.authInfo ? { authInfo: extra.authInfo } : void 0
};
const ctx = this.buildContext(baseCtx, extra);
Promise.resolve().then(() => handler(request, ctx)).then(async (result) => {
if (abortController.signal.aborted) return;
let encoded;
try {
encoded = codec.encodeResult(request.method, result, this._outboundServerInfo());
} catch (error) {
this._onerror(  new Error(`Failed to encode result for ${request.method}: ${error}`));
sendErrorResponse(ProtocolErrorCode.InternalError, "Internal error");
return;
}
const response = {
result: encoded,
jsonrpc: "2.0",
id: request.id
};
await capturedTransport?.send(response);
}, async (error) => {
if (abortController.signal.aborted) return;
const thrownCode = Number.isSafeInteger(error["code"]) ? error["code"] : ProtocolErrorCode.InternalError;
const errorResponse = {
jsonrpc: "2.0",
id: request.id,
error: {
code: codec.encodeErrorCode(thrownCode),
message: error.message ?? "Internal error",
...error["data"] !== void 0 && { data: error["data"] }
}
};
await capturedTransport?.send(errorResponse);
}).catch((error) => this._onerror(  new Error(`Failed to send response: ${error}`))).finally(() => {
if (this._requestHandlerAbortControllers.get(request.id) === abortController) this._requestHandlerAbortControllers.delete(request.id);
});
}
_onprogress(notification) {
const { progressToken, ...params } = notification.params;
const messageId = Number(progressToken);
const handler = this._progressHandlers.get(messageId);
if (!handler) {
this._onerror(  new Error(`Received a progress notification for an unknown token: ${JSON.stringify(notification)}`));
return;
}
const responseHandler = this._responseHandlers.get(messageId);
const timeoutInfo = this._timeoutInfo.get(messageId);
if (timeoutInfo && responseHandler && timeoutInfo.resetTimeoutOnProgress) try {
this._resetTimeout(messageId);
} catch (error) {
this._responseHandlers.delete(messageId);
this._progressHandlers.delete(messageId);
this._cleanupTimeout(messageId);
responseHandler(error);
return;
}
handler(params);
}
_onresponse(response) {
const messageId = Number(response.id);
const handler = this._responseHandlers.get(messageId);
if (handler === void 0) {
this._onerror(  new Error(`Received a response for an unknown message ID: ${JSON.stringify(response)}`));
return;
}
this._responseHandlers.delete(messageId);
this._cleanupTimeout(messageId);
this._progressHandlers.delete(messageId);
if (isJSONRPCResultResponse(response)) handler(response);
else handler(ProtocolError.fromError(response.error.code, response.error.message, response.error.data));
}
get transport() {
return this._transport;
}
async close() {
await this._transport?.close();
}
request(request, schemaOrOptions, maybeOptions) {
const codec = this._resolveOutboundCodec(request.method);
if (isStandardSchema(schemaOrOptions)) {
if (!isExtensionReusedRequestMethod(request.method)) this._assertOutboundRequestInEra(codec, request.method);
return this._requestWithSchemaViaCodec(codec, request, schemaOrOptions, maybeOptions);
}
this._assertOutboundRequestInEra(codec, request.method);
const validate = codecResultValidator(codec, request.method);
if (validate === void 0) throw new TypeError(`'${request.method}' is not a spec method; pass a result schema as the second argument to request().`);
return this._requestWithSchemaViaCodec(codec, request, validate, schemaOrOptions);
}
_negotiatedWireCodec() {
return codecForVersion(this._negotiatedProtocolVersion);
}
_wireCodec() {
return this._negotiatedWireCodec();
}
_resolveOutboundCodec(method) {
if (this._negotiatedProtocolVersion === void 0) {
const pinned = bootstrapOutboundCodec(method);
if (pinned) return pinned;
}
return this._negotiatedWireCodec();
}
_assertOutboundRequestInEra(codec, method) {
if (isSpecRequestMethod(method) && !codec.hasRequestMethod(method)) throw new SdkError(SdkErrorCode.MethodNotSupportedByProtocolVersion, `Method '${method}' is not supported by the negotiated protocol version (wire era ${codec.era})`, {
method,
era: codec.era
});
}
_requestWithSchema(request, resultSchema, options) {
const codec = this._resolveOutboundCodec(request.method);
this._assertOutboundRequestInEra(codec, request.method);
return this._requestWithSchemaViaCodec(codec, request, resultSchema, options);
}
_requestWithSchemaViaCodec(codec, request, resultSchema, options) {
const { relatedRequestId, resumptionToken, onresumptiontoken, headers } = options ?? {};
const flowStartedAt = Date.now();
let onAbort;
let cleanupMessageId;
return new Promise((resolve, reject) => {
const earlyReject = (error) => {
reject(error);
};
if (!this._transport) {
earlyReject(  new Error("Not connected"));
return;
}
if (this._options?.enforceStrictCapabilities === true) try {
this.assertCapabilityForMethod(request.method);
} catch (error) {
earlyReject(error);
return;
}
if (options?.signal?.aborted) {
const reason = options.signal.reason;
throw reason instanceof SdkError ? reason : new SdkError(SdkErrorCode.RequestTimeout, String(reason));
}
const requestAbort = codec.era === MODERN_WIRE_REVISION && this._transport.hasPerRequestStream === true ? new AbortController() : void 0;
const messageId = this._requestMessageId++;
cleanupMessageId = messageId;
const jsonrpcRequest = {
...request,
jsonrpc: "2.0",
id: messageId
};
if (options?.onprogress) {
this._progressHandlers.set(messageId, options.onprogress);
jsonrpcRequest.params = {
...request.params,
_meta: {
...request.params?._meta,
progressToken: messageId
}
};
}
const outbound = this._envelopeOutbound(jsonrpcRequest);
let responseReceived = false;
const cancel = (reason) => {
if (responseReceived) return;
this._progressHandlers.delete(messageId);
if (requestAbort === void 0) {
if (request.method !== "initialize") this._transport?.send(this._envelopeOutbound({
jsonrpc: "2.0",
method: "notifications/cancelled",
params: {
requestId: messageId,
reason: String(reason)
}
}), {
relatedRequestId,
resumptionToken,
onresumptiontoken
}).catch((error) => this._onerror(  new Error(`Failed to send cancellation: ${error}`)));
} else requestAbort.abort();
reject(reason instanceof SdkError ? reason : new SdkError(SdkErrorCode.RequestTimeout, String(reason)));
};
this._responseHandlers.set(messageId, (response) => {
if (options?.signal?.aborted) return;
responseReceived = true;
if (response instanceof Error) return reject(response);
let decoded;
try {
decoded = codec.decodeResult(request.method, response.result);
} catch (error) {
return reject(error instanceof Error ? error : new Error(String(error)));
}
if (decoded.kind === "invalid") return reject(decoded.error);
if (decoded.kind === "input_required") {
if (options?.allowInputRequired === true) return resolve(manualInputRequiredValue(decoded));
const flow = {
codec,
request,
resultSchema,
options,
flowStartedAt,
retry: (params, legOptions) => this._requestWithSchemaViaCodec(codec, params === void 0 ? { method: request.method } : {
method: request.method,
params
}, resultSchema, legOptions)
};
return resolve(this._resolveNonCompleteResult(decoded, flow));
}
const result = decoded.result;
validateStandardSchema(resultSchema, result).then((parseResult) => {
if (parseResult.success) resolve(parseResult.data);
else reject(new SdkError(SdkErrorCode.InvalidResult, `Invalid result for ${request.method}: ${parseResult.error}`));
}, reject);
});
onAbort = () => cancel(options?.signal?.reason);
options?.signal?.addEventListener("abort", onAbort, { once: true });
const timeout = options?.timeout ?? DEFAULT_REQUEST_TIMEOUT_MSEC;
const timeoutHandler = () => cancel(new SdkError(SdkErrorCode.RequestTimeout, "Request timed out", { timeout }));
this._setupTimeout(messageId, timeout, options?.maxTotalTimeout, timeoutHandler, options?.resetTimeoutOnProgress ?? false);
this._transport.send(outbound, {
relatedRequestId,
resumptionToken,
onresumptiontoken,
headers,
requestSignal: requestAbort?.signal
}).catch((error) => {
this._progressHandlers.delete(messageId);
reject(error);
});
}).finally(() => {
if (onAbort) options?.signal?.removeEventListener("abort", onAbort);
if (cleanupMessageId !== void 0) {
this._responseHandlers.delete(cleanupMessageId);
this._cleanupTimeout(cleanupMessageId);
}
});
}
async notification(notification, options) {
return await this._notificationViaCodec(this._resolveOutboundCodec(notification.method), notification, options);
}
async _notificationViaCodec(codec, notification, options) {
if (!this._transport) throw new SdkError(SdkErrorCode.NotConnected, "Not connected");
if (isSpecNotificationMethod(notification.method) && !codec.hasNotificationMethod(notification.method)) throw new SdkError(SdkErrorCode.MethodNotSupportedByProtocolVersion, `Notification '${notification.method}' is not supported by the negotiated protocol version (wire era ${codec.era})`, {
method: notification.method,
era: codec.era
});
this.assertNotificationCapability(notification.method);
const jsonrpcNotification = this._envelopeOutbound({
jsonrpc: "2.0",
...notification
});
if ((this._options?.debouncedNotificationMethods ?? []).includes(notification.method) && !notification.params && options?.relatedRequestId === void 0) {
if (this._pendingDebouncedNotifications.has(notification.method)) return;
this._pendingDebouncedNotifications.add(notification.method);
Promise.resolve().then(() => {
this._pendingDebouncedNotifications.delete(notification.method);
if (!this._transport) return;
this._transport?.send(jsonrpcNotification, options).catch((error) => this._onerror(error));
});
return;
}
await this._transport.send(jsonrpcNotification, options);
}
setRequestHandler(method, schemasOrHandler, maybeHandler) {
this.assertRequestHandlerCapability(method);
let stored;
if (typeof schemasOrHandler === "function") {
if (!isSpecRequestMethod(method)) throw new TypeError(`'${method}' is not a spec request method; pass schemas as the second argument to setRequestHandler().`);
stored = (request, ctx) => {
const dispatchCodec = this._negotiatedWireCodec();
let outcome = dispatchCodec.validateRequest(method, request);
if (!outcome.ok && outcome.reason === "not-in-era") outcome = dispatchCodec.validateInputRequest(method, request);
if (!outcome.ok) {
if (outcome.reason === "not-in-era") throw new ProtocolError(ProtocolErrorCode.InternalError, `No wire schema for ${method} in the resolved era`);
throw new Error(outcome.message);
}
return Promise.resolve(schemasOrHandler(outcome.value, ctx));
};
} else if (maybeHandler) stored = async (request, ctx) => {
const parsed = await validateStandardSchema(schemasOrHandler.params, { ...request.params });
if (!parsed.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid params for ${method}: ${parsed.error}`);
return maybeHandler(parsed.data, ctx);
};
else throw new TypeError("setRequestHandler: handler is required");
if (typeof schemasOrHandler === "function") this._customSchemaRequestMethods.delete(method);
else this._customSchemaRequestMethods.add(method);
this._requestHandlers.set(method, this._wrapHandler(method, stored));
}
_wrapHandler(_method, handler) {
return handler;
}
_outboundServerInfo() {}
removeRequestHandler(method) {
this._requestHandlers.delete(method);
this._customSchemaRequestMethods.delete(method);
}
assertCanSetRequestHandler(method) {
if (this._requestHandlers.has(method)) throw new Error(`A request handler for ${method} already exists, which would be overridden`);
}
setNotificationHandler(method, schemasOrHandler, maybeHandler) {
if (typeof schemasOrHandler === "function") {
if (!isSpecNotificationMethod(method)) throw new TypeError(`'${method}' is not a spec notification method; pass schemas as the second argument to setNotificationHandler().`);
this._notificationHandlers.set(method, (notification, codec) => {
const outcome = codec.validateNotification(method, notification);
if (!outcome.ok) {
if (outcome.reason === "not-in-era") throw new ProtocolError(ProtocolErrorCode.InternalError, `No wire schema for ${method} in the resolved era`);
throw new Error(outcome.message);
}
return Promise.resolve(schemasOrHandler(outcome.value));
});
return;
}
if (!maybeHandler) throw new TypeError("setNotificationHandler: handler is required");
this._notificationHandlers.set(method, async (notification) => {
const parsed = await validateStandardSchema(schemasOrHandler.params, { ...notification.params });
if (!parsed.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid params for notification ${method}: ${parsed.error}`);
await maybeHandler(parsed.data, notification);
});
}
removeNotificationHandler(method) {
this._notificationHandlers.delete(method);
}
};
function isPlainObject$1(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function mergeCapabilities(base, additional) {
const result = { ...base };
for (const key in additional) {
const k = key;
const addValue = additional[k];
if (addValue === void 0) continue;
const baseValue = result[k];
result[k] = isPlainObject$1(baseValue) && isPlainObject$1(addValue) ? {
...baseValue,
...addValue
} : addValue;
}
return result;
}
function isPlainObject(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
function partitionInputResponses(inputResponses) {
const accepted = {};
const droppedKeys = [];
if (!isPlainObject(inputResponses)) return {
accepted,
droppedKeys
};
for (const [key, entry] of Object.entries(inputResponses)) {
if (!isPlainObject(entry) || "method" in entry || "result" in entry) {
droppedKeys.push(key);
continue;
}
accepted[key] = entry;
}
return {
accepted,
droppedKeys
};
}
function manualInputRequiredValue(decoded) {
return {
resultType: "input_required",
inputRequests: decoded.inputRequests,
...decoded.requestState !== void 0 && { requestState: decoded.requestState },
...decoded._meta !== void 0 && { _meta: decoded._meta }
};
}
var require_content_type =   __commonJSMin(((exports) => {
var PARAM_REGEXP = /; *([!#$%&'*+.^_`|~0-9A-Za-z-]+) *= *("(?:[\u000b\u0020\u0021\u0023-\u005b\u005d-\u007e\u0080-\u00ff]|\\[\u000b\u0020-\u00ff])*"|[!#$%&'*+.^_`|~0-9A-Za-z-]+) */g;
var QESC_REGEXP = /\\([\u000b\u0020-\u00ff])/g;
var TYPE_REGEXP = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
exports.parse = parse;
function parse(string) {
if (!string) throw new TypeError("argument string is required");
var header = typeof string === "object" ? getcontenttype(string) : string;
if (typeof header !== "string") throw new TypeError("argument string is required to be a string");
var index = header.indexOf(";");
var type = index !== -1 ? header.slice(0, index).trim() : header.trim();
if (!TYPE_REGEXP.test(type)) throw new TypeError("invalid media type");
var obj = new ContentType(type.toLowerCase());
if (index !== -1) {
var key;
var match;
var value;
PARAM_REGEXP.lastIndex = index;
while (match = PARAM_REGEXP.exec(header)) {
if (match.index !== index) throw new TypeError("invalid parameter format");
index += match[0].length;
key = match[1].toLowerCase();
value = match[2];
if (value.charCodeAt(0) === 34) {
value = value.slice(1, -1);
if (value.indexOf("\\") !== -1) value = value.replace(QESC_REGEXP, "$1");
}
obj.parameters[key] = value;
}
if (index !== header.length) throw new TypeError("invalid parameter format");
}
return obj;
}
function getcontenttype(obj) {
var header;
if (typeof obj.getHeader === "function") header = obj.getHeader("content-type");
else if (typeof obj.headers === "object") header = obj.headers && obj.headers["content-type"];
if (typeof header !== "string") throw new TypeError("content-type header is missing from object");
return header;
}
function ContentType(type) {
this.parameters = Object.create(null);
this.type = type;
}
}));
var import_content_type =   __toESM(require_content_type());
function mediaTypeEssence(header) {
if (!header) return;
try {
return import_content_type.parse(header).type;
} catch {
const essence = (header.split(";", 1)[0] ?? "").trim().toLowerCase();
if (essence === "" || header.slice(essence.length).includes(",")) return;
return essence;
}
}
function isJsonContentType(header) {
if (header === "application/json") return true;
return mediaTypeEssence(header) === "application/json";
}
function getDisplayName(metadata) {
if (metadata.title !== void 0 && metadata.title !== "") return metadata.title;
if ("annotations" in metadata && metadata.annotations?.title) return metadata.annotations.title;
return metadata.name;
}
const STDIO_DEFAULT_MAX_BUFFER_SIZE = 10 * 1024 * 1024;
var ReadBuffer = class {
_buffer;
_maxBufferSize;
constructor(options) {
this._maxBufferSize = options?.maxBufferSize ?? STDIO_DEFAULT_MAX_BUFFER_SIZE;
}
append(chunk) {
if ((this._buffer?.length ?? 0) + chunk.length > this._maxBufferSize) {
this.clear();
throw new Error(`ReadBuffer exceeded maximum size of ${this._maxBufferSize} bytes`);
}
this._buffer = this._buffer ? Buffer.concat([this._buffer, chunk]) : chunk;
}
readMessage() {
while (this._buffer) {
const index = this._buffer.indexOf("\n");
if (index === -1) return null;
const line = this._buffer.toString("utf8", 0, index).replace(/\r$/, "");
this._buffer = this._buffer.subarray(index + 1);
try {
return deserializeMessage(line);
} catch (error) {
if (error instanceof SyntaxError) continue;
throw error;
}
}
return null;
}
clear() {
this._buffer = void 0;
}
};
function deserializeMessage(line) {
return JSONRPCMessageSchema.parse(JSON.parse(line));
}
function serializeMessage(message) {
return JSON.stringify(message) + "\n";
}
const TOOL_NAME_REGEX = /^[A-Za-z0-9._-]{1,128}$/;
function validateToolName(name) {
const warnings = [];
if (name.length === 0) return {
isValid: false,
warnings: ["Tool name cannot be empty"]
};
if (name.length > 128) return {
isValid: false,
warnings: [`Tool name exceeds maximum length of 128 characters (current: ${name.length})`]
};
if (name.includes(" ")) warnings.push("Tool name contains spaces, which may cause parsing issues");
if (name.includes(",")) warnings.push("Tool name contains commas, which may cause parsing issues");
if (name.startsWith("-") || name.endsWith("-")) warnings.push("Tool name starts or ends with a dash, which may cause parsing issues in some contexts");
if (name.startsWith(".") || name.endsWith(".")) warnings.push("Tool name starts or ends with a dot, which may cause parsing issues in some contexts");
if (!TOOL_NAME_REGEX.test(name)) {
const invalidChars = [...name].filter((char) => !/[A-Za-z0-9._-]/.test(char)).filter((char, index, arr) => arr.indexOf(char) === index);
warnings.push(`Tool name contains invalid characters: ${invalidChars.map((c) => `"${c}"`).join(", ")}`, "Allowed characters are: A-Z, a-z, 0-9, underscore (_), dash (-), and dot (.)");
return {
isValid: false,
warnings
};
}
return {
isValid: true,
warnings
};
}
function issueToolNameWarning(name, warnings) {
if (warnings.length > 0) {
console.warn(`Tool name validation warning for "${name}":`);
for (const warning of warnings) console.warn(`  - ${warning}`);
console.warn("Tool registration will proceed, but this may cause compatibility issues.");
console.warn("Consider updating the tool name to conform to the MCP tool naming standard.");
console.warn("See SEP: Specify Format for Tool Names (https://github.com/modelcontextprotocol/modelcontextprotocol/issues/986) for more details.");
}
}
function validateAndWarnToolName(name) {
const result = validateToolName(name);
issueToolNameWarning(name, result.warnings);
return result.isValid;
}
function normalizeHeaders(headers) {
if (!headers) return {};
if (headers instanceof Headers) return Object.fromEntries(headers.entries());
if (Array.isArray(headers)) return Object.fromEntries(headers);
return { ...headers };
}
function createFetchWithInit(baseFetch = fetch, baseInit) {
if (!baseInit) return baseFetch;
return async (url, init) => {
return baseFetch(url, {
...baseInit,
...init,
headers: init?.headers ? {
...normalizeHeaders(baseInit.headers),
...normalizeHeaders(init.headers)
} : baseInit.headers
});
};
}
const MAX_TEMPLATE_LENGTH = 1e6;
const MAX_VARIABLE_LENGTH = 1e6;
const MAX_TEMPLATE_EXPRESSIONS = 1e4;
const MAX_REGEX_LENGTH = 1e6;
var UriTemplate = class UriTemplate {
static isTemplate(str) {
return /\{[^}\s]+\}/.test(str);
}
static validateLength(str, max, context) {
if (str.length > max) throw new Error(`${context} exceeds maximum length of ${max} characters (got ${str.length})`);
}
template;
parts;
get variableNames() {
return this.parts.flatMap((part) => typeof part === "string" ? [] : part.names);
}
constructor(template) {
UriTemplate.validateLength(template, MAX_TEMPLATE_LENGTH, "Template");
this.template = template;
this.parts = this.parse(template);
}
toString() {
return this.template;
}
parse(template) {
const parts = [];
let currentText = "";
let i = 0;
let expressionCount = 0;
while (i < template.length) if (template[i] === "{") {
if (currentText) {
parts.push(currentText);
currentText = "";
}
const end = template.indexOf("}", i);
if (end === -1) throw new Error("Unclosed template expression");
expressionCount++;
if (expressionCount > MAX_TEMPLATE_EXPRESSIONS) throw new Error(`Template contains too many expressions (max ${MAX_TEMPLATE_EXPRESSIONS})`);
const expr = template.slice(i + 1, end);
const operator = this.getOperator(expr);
const exploded = expr.includes("*");
const names = this.getNames(expr);
const name = names[0];
for (const name$1 of names) UriTemplate.validateLength(name$1, MAX_VARIABLE_LENGTH, "Variable name");
parts.push({
name,
operator,
names,
exploded
});
i = end + 1;
} else {
currentText += template[i];
i++;
}
if (currentText) parts.push(currentText);
return parts;
}
getOperator(expr) {
return [
"+",
"#",
".",
"/",
"?",
"&"
].find((op) => expr.startsWith(op)) || "";
}
getNames(expr) {
const operator = this.getOperator(expr);
return expr.slice(operator.length).split(",").map((name) => name.replace("*", "").trim()).filter((name) => name.length > 0);
}
encodeValue(value, operator) {
UriTemplate.validateLength(value, MAX_VARIABLE_LENGTH, "Variable value");
if (operator === "+" || operator === "#") return encodeURI(value);
return encodeURIComponent(value);
}
expandPart(part, variables) {
if (part.operator === "?" || part.operator === "&") {
const pairs = part.names.map((name) => {
const value$1 = variables[name];
if (value$1 === void 0) return "";
return `${name}=${Array.isArray(value$1) ? value$1.map((v) => this.encodeValue(v, part.operator)).join(",") : this.encodeValue(value$1.toString(), part.operator)}`;
}).filter((pair) => pair.length > 0);
if (pairs.length === 0) return "";
return (part.operator === "?" ? "?" : "&") + pairs.join("&");
}
if (part.names.length > 1) {
const values = part.names.map((name) => variables[name]).filter((v) => v !== void 0);
if (values.length === 0) return "";
return values.map((v) => Array.isArray(v) ? v[0] : v).join(",");
}
const value = variables[part.name];
if (value === void 0) return "";
const encoded = (Array.isArray(value) ? value : [value]).map((v) => this.encodeValue(v, part.operator));
switch (part.operator) {
case "": return encoded.join(",");
case "+": return encoded.join(",");
case "#": return "#" + encoded.join(",");
case ".": return "." + encoded.join(".");
case "/": return "/" + encoded.join("/");
default: return encoded.join(",");
}
}
expand(variables) {
let result = "";
let hasQueryParam = false;
for (const part of this.parts) {
if (typeof part === "string") {
result += part;
continue;
}
const expanded = this.expandPart(part, variables);
if (!expanded) continue;
result += (part.operator === "?" || part.operator === "&") && hasQueryParam ? expanded.replace("?", "&") : expanded;
if (part.operator === "?" || part.operator === "&") hasQueryParam = true;
}
return result;
}
escapeRegExp(str) {
return str.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
partToRegExp(part) {
const patterns = [];
for (const name$1 of part.names) UriTemplate.validateLength(name$1, MAX_VARIABLE_LENGTH, "Variable name");
if (part.operator === "?" || part.operator === "&") {
for (let i = 0; i < part.names.length; i++) {
const name$1 = part.names[i];
const prefix = i === 0 ? "\\" + part.operator : "&";
patterns.push({
pattern: prefix + this.escapeRegExp(name$1) + "=([^&]+)",
name: name$1
});
}
return patterns;
}
let pattern;
const name = part.name;
switch (part.operator) {
case "":
pattern = part.exploded ? "([^/,]+(?:,[^/,]+)*)" : "([^/,]+)";
break;
case "+":
case "#":
pattern = "(.+)";
break;
case ".":
pattern = String.raw`\.([^/,]+)`;
break;
case "/":
pattern = "/" + (part.exploded ? "([^/,]+(?:,[^/,]+)*)" : "([^/,]+)");
break;
default: pattern = "([^/]+)";
}
patterns.push({
pattern,
name
});
return patterns;
}
match(uri) {
UriTemplate.validateLength(uri, MAX_TEMPLATE_LENGTH, "URI");
let pattern = "^";
const names = [];
for (const part of this.parts) if (typeof part === "string") pattern += this.escapeRegExp(part);
else {
const patterns = this.partToRegExp(part);
for (const { pattern: partPattern, name } of patterns) {
pattern += partPattern;
names.push({
name,
exploded: part.exploded
});
}
}
pattern += "$";
UriTemplate.validateLength(pattern, MAX_REGEX_LENGTH, "Generated regex pattern");
const regex = new RegExp(pattern);
const match = uri.match(regex);
if (!match) return null;
const result = {};
for (const [i, name_] of names.entries()) {
const { name, exploded } = name_;
const value = match[i + 1];
const cleanName = name.replace("*", "");
result[cleanName] = exploded && value.includes(",") ? value.split(",") : value;
}
return result;
}
};
var InMemoryTransport = class InMemoryTransport {
_otherTransport;
_messageQueue = [];
_closed = false;
onclose;
onerror;
onmessage;
sessionId;
static createLinkedPair() {
const clientTransport = new InMemoryTransport();
const serverTransport = new InMemoryTransport();
clientTransport._otherTransport = serverTransport;
serverTransport._otherTransport = clientTransport;
return [clientTransport, serverTransport];
}
async start() {
while (this._messageQueue.length > 0) {
const queuedMessage = this._messageQueue.shift();
this.onmessage?.(queuedMessage.message, queuedMessage.extra);
}
}
async close() {
if (this._closed) return;
this._closed = true;
const other = this._otherTransport;
this._otherTransport = void 0;
try {
await other?.close();
} finally {
this.onclose?.();
}
}
async send(message, options) {
if (!this._otherTransport) throw new SdkError(SdkErrorCode.NotConnected, "Not connected");
if (this._otherTransport.onmessage) this._otherTransport.onmessage(message, { authInfo: options?.authInfo });
else this._otherTransport._messageQueue.push({
message,
extra: { authInfo: options?.authInfo }
});
}
};
function isZodV4Schema(v) {
return typeof v === "object" && v !== null && "_zod" in v;
}
function looksLikeZodV3(v) {
return typeof v === "object" && v !== null && !("_zod" in v) && "_def" in v && typeof v._def?.typeName === "string";
}
function isZodRawShape(obj) {
if (typeof obj !== "object" || obj === null) return false;
if (isStandardSchema(obj)) return false;
const proto = Object.getPrototypeOf(obj);
if (proto !== Object.prototype && proto !== null) return false;
return Object.values(obj).every((v) => isZodV4Schema(v));
}
function normalizeRawShapeSchema(schema) {
if (schema === void 0) return void 0;
if (isZodRawShape(schema)) return object(schema);
if (typeof schema === "object" && schema !== null && !isStandardSchema(schema) && Object.values(schema).some((v) => looksLikeZodV3(v))) throw new TypeError("Raw-shape inputSchema/outputSchema/argsSchema fields must be Zod v4 schemas. Got a Zod v3 field schema. Import from `zod/v4` (or upgrade your zod import), or wrap with `z.object({...})` yourself.");
if (!isStandardSchema(schema)) throw new TypeError("inputSchema/outputSchema/argsSchema must be a Standard Schema (e.g. z.object({...})) or a raw Zod shape ({ field: z.string() }).");
return schema;
}
function preloadSchemas() {
buildSchemas2025();
buildSchemas2026();
warmRegistryMaps2025();
warmInputSchemaMaps2026();
warmWireResultSchemas2026();
}
function fromJsonSchema$1(schema, validator) {
const check = validator.getValidator(schema);
return { "~standard": {
version: 1,
vendor: "mcp",
jsonSchema: {
input: () => schema,
output: () => schema
},
validate: (data) => {
const result = check(data);
return result.valid ? { value: result.data } : { issues: [{ message: result.errorMessage }] };
}
} };
}
function deepCompareStrict(a, b) {
const typeofa = typeof a;
if (typeofa !== typeof b) return false;
if (Array.isArray(a)) {
if (!Array.isArray(b)) return false;
const length = a.length;
if (length !== b.length) return false;
for (let i = 0; i < length; i++) if (!deepCompareStrict(a[i], b[i])) return false;
return true;
}
if (typeofa === "object") {
if (!a || !b) return a === b;
const aKeys = Object.keys(a);
const bKeys = Object.keys(b);
if (aKeys.length !== bKeys.length) return false;
for (const k of aKeys) if (!deepCompareStrict(a[k], b[k])) return false;
return true;
}
return a === b;
}
function encodePointer(p) {
return encodeURI(escapePointer(p));
}
function escapePointer(p) {
return p.replace(/~/g, "~0").replace(/\//g, "~1");
}
const schemaArrayKeyword = {
prefixItems: true,
items: true,
allOf: true,
anyOf: true,
oneOf: true
};
const schemaMapKeyword = {
$defs: true,
definitions: true,
properties: true,
patternProperties: true,
dependentSchemas: true
};
const ignoredKeyword = {
id: true,
$id: true,
$ref: true,
$schema: true,
$anchor: true,
$vocabulary: true,
$comment: true,
default: true,
enum: true,
const: true,
required: true,
type: true,
maximum: true,
minimum: true,
exclusiveMaximum: true,
exclusiveMinimum: true,
multipleOf: true,
maxLength: true,
minLength: true,
pattern: true,
format: true,
maxItems: true,
minItems: true,
uniqueItems: true,
maxProperties: true,
minProperties: true
};
let initialBaseURI = typeof self !== "undefined" && self.location && self.location.origin !== "null" ? new URL(self.location.origin + self.location.pathname + location.search) : new URL("https://github.com/cfworker");
function dereference(schema, lookup = Object.create(null), baseURI = initialBaseURI, basePointer = "") {
if (schema && typeof schema === "object" && !Array.isArray(schema)) {
const id = schema.$id || schema.id;
if (id) {
const url = new URL(id, baseURI.href);
if (url.hash.length > 1) lookup[url.href] = schema;
else {
url.hash = "";
if (basePointer === "") baseURI = url;
else dereference(schema, lookup, baseURI);
}
}
} else if (schema !== true && schema !== false) return lookup;
const schemaURI = baseURI.href + (basePointer ? "#" + basePointer : "");
if (lookup[schemaURI] !== void 0) throw new Error(`Duplicate schema URI "${schemaURI}".`);
lookup[schemaURI] = schema;
if (schema === true || schema === false) return lookup;
if (schema.__absolute_uri__ === void 0) Object.defineProperty(schema, "__absolute_uri__", {
enumerable: false,
value: schemaURI
});
if (schema.$ref && schema.__absolute_ref__ === void 0) {
const url = new URL(schema.$ref, baseURI.href);
url.hash = url.hash;
Object.defineProperty(schema, "__absolute_ref__", {
enumerable: false,
value: url.href
});
}
if (schema.$recursiveRef && schema.__absolute_recursive_ref__ === void 0) {
const url = new URL(schema.$recursiveRef, baseURI.href);
url.hash = url.hash;
Object.defineProperty(schema, "__absolute_recursive_ref__", {
enumerable: false,
value: url.href
});
}
if (schema.$anchor) {
const url = new URL("#" + schema.$anchor, baseURI.href);
lookup[url.href] = schema;
}
for (let key in schema) {
if (ignoredKeyword[key]) continue;
const keyBase = `${basePointer}/${encodePointer(key)}`;
const subSchema = schema[key];
if (Array.isArray(subSchema)) {
if (schemaArrayKeyword[key]) {
const length = subSchema.length;
for (let i = 0; i < length; i++) dereference(subSchema[i], lookup, baseURI, `${keyBase}/${i}`);
}
} else if (schemaMapKeyword[key]) for (let subKey in subSchema) dereference(subSchema[subKey], lookup, baseURI, `${keyBase}/${encodePointer(subKey)}`);
else dereference(subSchema, lookup, baseURI, keyBase);
}
return lookup;
}
const DATE = /^(\d\d\d\d)-(\d\d)-(\d\d)$/;
const DAYS = [
0,
31,
28,
31,
30,
31,
30,
31,
31,
30,
31,
30,
31
];
const TIME = /^(\d\d):(\d\d):(\d\d)(\.\d+)?(z|[+-]\d\d(?::?\d\d)?)?$/i;
const HOSTNAME = /^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i;
const URIREF = /^(?:[a-z][a-z0-9+\-.]*:)?(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'"()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?(?:\?(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
const URITEMPLATE = /^(?:(?:[^\x00-\x20"'<>%\\^`{|}]|%[0-9a-f]{2})|\{[+#./;?&=,!@|]?(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?(?:,(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?)*\})*$/i;
const URL_ = /^(?:(?:https?|ftp):\/\/)(?:\S+(?::\S*)?@)?(?:(?!10(?:\.\d{1,3}){3})(?!127(?:\.\d{1,3}){3})(?!169\.254(?:\.\d{1,3}){2})(?!192\.168(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|(?:(?:[a-z\u{00a1}-\u{ffff}0-9]+-?)*[a-z\u{00a1}-\u{ffff}0-9]+)(?:\.(?:[a-z\u{00a1}-\u{ffff}0-9]+-?)*[a-z\u{00a1}-\u{ffff}0-9]+)*(?:\.(?:[a-z\u{00a1}-\u{ffff}]{2,})))(?::\d{2,5})?(?:\/[^\s]*)?$/iu;
const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const JSON_POINTER = /^(?:\/(?:[^~/]|~0|~1)*)*$/;
const JSON_POINTER_URI_FRAGMENT = /^#(?:\/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~0|~1)*)*$/i;
const RELATIVE_JSON_POINTER = /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/;
const EMAIL = (input) => {
if (input[0] === "\"") return false;
const [name, host, ...rest] = input.split("@");
if (!name || !host || rest.length !== 0 || name.length > 64 || host.length > 253) return false;
if (name[0] === "." || name.endsWith(".") || name.includes("..")) return false;
if (!/^[a-z0-9.-]+$/i.test(host) || !/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i.test(name)) return false;
return host.split(".").every((part) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(part));
};
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)$/;
const IPV6 = /^((([0-9a-f]{1,4}:){7}([0-9a-f]{1,4}|:))|(([0-9a-f]{1,4}:){6}(:[0-9a-f]{1,4}|((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){5}(((:[0-9a-f]{1,4}){1,2})|:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){4}(((:[0-9a-f]{1,4}){1,3})|((:[0-9a-f]{1,4})?:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){3}(((:[0-9a-f]{1,4}){1,4})|((:[0-9a-f]{1,4}){0,2}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){2}(((:[0-9a-f]{1,4}){1,5})|((:[0-9a-f]{1,4}){0,3}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){1}(((:[0-9a-f]{1,4}){1,6})|((:[0-9a-f]{1,4}){0,4}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(:(((:[0-9a-f]{1,4}){1,7})|((:[0-9a-f]{1,4}){0,5}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:)))$/i;
const DURATION = (input) => input.length > 1 && input.length < 80 && (/^P\d+([.,]\d+)?W$/.test(input) || /^P[\dYMDTHS]*(\d[.,]\d+)?[YMDHS]$/.test(input) && /^P([.,\d]+Y)?([.,\d]+M)?([.,\d]+D)?(T([.,\d]+H)?([.,\d]+M)?([.,\d]+S)?)?$/.test(input));
function bind(r) {
return r.test.bind(r);
}
const format = {
date,
time: time.bind(void 0, false),
"date-time": date_time,
duration: DURATION,
uri,
"uri-reference": bind(URIREF),
"uri-template": bind(URITEMPLATE),
url: bind(URL_),
email: EMAIL,
hostname: bind(HOSTNAME),
ipv4: bind(IPV4),
ipv6: bind(IPV6),
regex,
uuid: bind(UUID),
"json-pointer": bind(JSON_POINTER),
"json-pointer-uri-fragment": bind(JSON_POINTER_URI_FRAGMENT),
"relative-json-pointer": bind(RELATIVE_JSON_POINTER)
};
function isLeapYear(year) {
return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
function date(str) {
const matches = str.match(DATE);
if (!matches) return false;
const year = +matches[1];
const month = +matches[2];
const day = +matches[3];
return month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 && isLeapYear(year) ? 29 : DAYS[month]);
}
function time(full, str) {
const matches = str.match(TIME);
if (!matches) return false;
const hour = +matches[1];
const minute = +matches[2];
const second = +matches[3];
const timeZone = !!matches[5];
return (hour <= 23 && minute <= 59 && second <= 59 || hour == 23 && minute == 59 && second == 60) && (!full || timeZone);
}
const DATE_TIME_SEPARATOR = /t|\s/i;
function date_time(str) {
const dateTime = str.split(DATE_TIME_SEPARATOR);
return dateTime.length == 2 && date(dateTime[0]) && time(true, dateTime[1]);
}
const NOT_URI_FRAGMENT = /\/|:/;
const URI_PATTERN = /^(?:[a-z][a-z0-9+\-.]*:)(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
function uri(str) {
return NOT_URI_FRAGMENT.test(str) && URI_PATTERN.test(str);
}
const Z_ANCHOR = /[^\\]\\Z/;
function regex(str) {
if (Z_ANCHOR.test(str)) return false;
try {
new RegExp(str, "u");
return true;
} catch (e) {
return false;
}
}
function ucs2length(s) {
let result = 0;
let length = s.length;
let index = 0;
let charCode;
while (index < length) {
result++;
charCode = s.charCodeAt(index++);
if (charCode >= 55296 && charCode <= 56319 && index < length) {
charCode = s.charCodeAt(index);
if ((charCode & 64512) == 56320) index++;
}
}
return result;
}
function validate(instance, schema, draft = "2019-09", lookup = dereference(schema), shortCircuit = true, recursiveAnchor = null, instanceLocation = "#", schemaLocation = "#", evaluated = Object.create(null)) {
if (schema === true) return {
valid: true,
errors: []
};
if (schema === false) return {
valid: false,
errors: [{
instanceLocation,
keyword: "false",
keywordLocation: instanceLocation,
error: "False boolean schema."
}]
};
const rawInstanceType = typeof instance;
let instanceType;
switch (rawInstanceType) {
case "boolean":
case "number":
case "string":
instanceType = rawInstanceType;
break;
case "object":
if (instance === null) instanceType = "null";
else if (Array.isArray(instance)) instanceType = "array";
else instanceType = "object";
break;
default: throw new Error(`Instances of "${rawInstanceType}" type are not supported.`);
}
const { $ref, $recursiveRef, $recursiveAnchor, type: $type, const: $const, enum: $enum, required: $required, not: $not, anyOf: $anyOf, allOf: $allOf, oneOf: $oneOf, if: $if, then: $then, else: $else, format: $format, properties: $properties, patternProperties: $patternProperties, additionalProperties: $additionalProperties, unevaluatedProperties: $unevaluatedProperties, minProperties: $minProperties, maxProperties: $maxProperties, propertyNames: $propertyNames, dependentRequired: $dependentRequired, dependentSchemas: $dependentSchemas, dependencies: $dependencies, prefixItems: $prefixItems, items: $items, additionalItems: $additionalItems, unevaluatedItems: $unevaluatedItems, contains: $contains, minContains: $minContains, maxContains: $maxContains, minItems: $minItems, maxItems: $maxItems, uniqueItems: $uniqueItems, minimum: $minimum, maximum: $maximum, exclusiveMinimum: $exclusiveMinimum, exclusiveMaximum: $exclusiveMaximum, multipleOf: $multipleOf, minLength: $minLength, maxLength: $maxLength, pattern: $pattern, __absolute_ref__, __absolute_recursive_ref__ } = schema;
const errors = [];
if ($recursiveAnchor === true && recursiveAnchor === null) recursiveAnchor = schema;
if ($recursiveRef === "#") {
const refSchema = recursiveAnchor === null ? lookup[__absolute_recursive_ref__] : recursiveAnchor;
const keywordLocation = `${schemaLocation}/$recursiveRef`;
const result = validate(instance, recursiveAnchor === null ? schema : recursiveAnchor, draft, lookup, shortCircuit, refSchema, instanceLocation, keywordLocation, evaluated);
if (!result.valid) errors.push({
instanceLocation,
keyword: "$recursiveRef",
keywordLocation,
error: "A subschema had errors."
}, ...result.errors);
}
if ($ref !== void 0) {
const refSchema = lookup[__absolute_ref__ || $ref];
if (refSchema === void 0) {
let message = `Unresolved $ref "${$ref}".`;
if (__absolute_ref__ && __absolute_ref__ !== $ref) message += `  Absolute URI "${__absolute_ref__}".`;
message += `\nKnown schemas:\n- ${Object.keys(lookup).join("\n- ")}`;
throw new Error(message);
}
const keywordLocation = `${schemaLocation}/$ref`;
const result = validate(instance, refSchema, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, keywordLocation, evaluated);
if (!result.valid) errors.push({
instanceLocation,
keyword: "$ref",
keywordLocation,
error: "A subschema had errors."
}, ...result.errors);
if (draft === "4" || draft === "7") return {
valid: errors.length === 0,
errors
};
}
if (Array.isArray($type)) {
let length = $type.length;
let valid = false;
for (let i = 0; i < length; i++) if (instanceType === $type[i] || $type[i] === "integer" && instanceType === "number" && instance % 1 === 0 && instance === instance) {
valid = true;
break;
}
if (!valid) errors.push({
instanceLocation,
keyword: "type",
keywordLocation: `${schemaLocation}/type`,
error: `Instance type "${instanceType}" is invalid. Expected "${$type.join("\", \"")}".`
});
} else if ($type === "integer") {
if (instanceType !== "number" || instance % 1 || instance !== instance) errors.push({
instanceLocation,
keyword: "type",
keywordLocation: `${schemaLocation}/type`,
error: `Instance type "${instanceType}" is invalid. Expected "${$type}".`
});
} else if ($type !== void 0 && instanceType !== $type) errors.push({
instanceLocation,
keyword: "type",
keywordLocation: `${schemaLocation}/type`,
error: `Instance type "${instanceType}" is invalid. Expected "${$type}".`
});
if ($const !== void 0) {
if (instanceType === "object" || instanceType === "array") {
if (!deepCompareStrict(instance, $const)) errors.push({
instanceLocation,
keyword: "const",
keywordLocation: `${schemaLocation}/const`,
error: `Instance does not match ${JSON.stringify($const)}.`
});
} else if (instance !== $const) errors.push({
instanceLocation,
keyword: "const",
keywordLocation: `${schemaLocation}/const`,
error: `Instance does not match ${JSON.stringify($const)}.`
});
}
if ($enum !== void 0) {
if (instanceType === "object" || instanceType === "array") {
if (!$enum.some((value) => deepCompareStrict(instance, value))) errors.push({
instanceLocation,
keyword: "enum",
keywordLocation: `${schemaLocation}/enum`,
error: `Instance does not match any of ${JSON.stringify($enum)}.`
});
} else if (!$enum.some((value) => instance === value)) errors.push({
instanceLocation,
keyword: "enum",
keywordLocation: `${schemaLocation}/enum`,
error: `Instance does not match any of ${JSON.stringify($enum)}.`
});
}
if ($not !== void 0) {
const keywordLocation = `${schemaLocation}/not`;
if (validate(instance, $not, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, keywordLocation).valid) errors.push({
instanceLocation,
keyword: "not",
keywordLocation,
error: "Instance matched \"not\" schema."
});
}
let subEvaluateds = [];
if ($anyOf !== void 0) {
const keywordLocation = `${schemaLocation}/anyOf`;
const errorsLength = errors.length;
let anyValid = false;
for (let i = 0; i < $anyOf.length; i++) {
const subSchema = $anyOf[i];
const subEvaluated = Object.create(evaluated);
const result = validate(instance, subSchema, draft, lookup, shortCircuit, $recursiveAnchor === true ? recursiveAnchor : null, instanceLocation, `${keywordLocation}/${i}`, subEvaluated);
errors.push(...result.errors);
anyValid = anyValid || result.valid;
if (result.valid) subEvaluateds.push(subEvaluated);
}
if (anyValid) errors.length = errorsLength;
else errors.splice(errorsLength, 0, {
instanceLocation,
keyword: "anyOf",
keywordLocation,
error: "Instance does not match any subschemas."
});
}
if ($allOf !== void 0) {
const keywordLocation = `${schemaLocation}/allOf`;
const errorsLength = errors.length;
let allValid = true;
for (let i = 0; i < $allOf.length; i++) {
const subSchema = $allOf[i];
const subEvaluated = Object.create(evaluated);
const result = validate(instance, subSchema, draft, lookup, shortCircuit, $recursiveAnchor === true ? recursiveAnchor : null, instanceLocation, `${keywordLocation}/${i}`, subEvaluated);
errors.push(...result.errors);
allValid = allValid && result.valid;
if (result.valid) subEvaluateds.push(subEvaluated);
}
if (allValid) errors.length = errorsLength;
else errors.splice(errorsLength, 0, {
instanceLocation,
keyword: "allOf",
keywordLocation,
error: `Instance does not match every subschema.`
});
}
if ($oneOf !== void 0) {
const keywordLocation = `${schemaLocation}/oneOf`;
const errorsLength = errors.length;
const matches = $oneOf.filter((subSchema, i) => {
const subEvaluated = Object.create(evaluated);
const result = validate(instance, subSchema, draft, lookup, shortCircuit, $recursiveAnchor === true ? recursiveAnchor : null, instanceLocation, `${keywordLocation}/${i}`, subEvaluated);
errors.push(...result.errors);
if (result.valid) subEvaluateds.push(subEvaluated);
return result.valid;
}).length;
if (matches === 1) errors.length = errorsLength;
else errors.splice(errorsLength, 0, {
instanceLocation,
keyword: "oneOf",
keywordLocation,
error: `Instance does not match exactly one subschema (${matches} matches).`
});
}
if (instanceType === "object" || instanceType === "array") Object.assign(evaluated, ...subEvaluateds);
if ($if !== void 0) {
const keywordLocation = `${schemaLocation}/if`;
if (validate(instance, $if, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, keywordLocation, evaluated).valid) {
if ($then !== void 0) {
const thenResult = validate(instance, $then, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, `${schemaLocation}/then`, evaluated);
if (!thenResult.valid) errors.push({
instanceLocation,
keyword: "if",
keywordLocation,
error: `Instance does not match "then" schema.`
}, ...thenResult.errors);
}
} else if ($else !== void 0) {
const elseResult = validate(instance, $else, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, `${schemaLocation}/else`, evaluated);
if (!elseResult.valid) errors.push({
instanceLocation,
keyword: "if",
keywordLocation,
error: `Instance does not match "else" schema.`
}, ...elseResult.errors);
}
}
if (instanceType === "object") {
if ($required !== void 0) {
for (const key of $required) if (!(key in instance)) errors.push({
instanceLocation,
keyword: "required",
keywordLocation: `${schemaLocation}/required`,
error: `Instance does not have required property "${key}".`
});
}
const keys = Object.keys(instance);
if ($minProperties !== void 0 && keys.length < $minProperties) errors.push({
instanceLocation,
keyword: "minProperties",
keywordLocation: `${schemaLocation}/minProperties`,
error: `Instance does not have at least ${$minProperties} properties.`
});
if ($maxProperties !== void 0 && keys.length > $maxProperties) errors.push({
instanceLocation,
keyword: "maxProperties",
keywordLocation: `${schemaLocation}/maxProperties`,
error: `Instance does not have at least ${$maxProperties} properties.`
});
if ($propertyNames !== void 0) {
const keywordLocation = `${schemaLocation}/propertyNames`;
for (const key in instance) {
const subInstancePointer = `${instanceLocation}/${encodePointer(key)}`;
const result = validate(key, $propertyNames, draft, lookup, shortCircuit, recursiveAnchor, subInstancePointer, keywordLocation);
if (!result.valid) errors.push({
instanceLocation,
keyword: "propertyNames",
keywordLocation,
error: `Property name "${key}" does not match schema.`
}, ...result.errors);
}
}
if ($dependentRequired !== void 0) {
const keywordLocation = `${schemaLocation}/dependantRequired`;
for (const key in $dependentRequired) if (key in instance) {
const required = $dependentRequired[key];
for (const dependantKey of required) if (!(dependantKey in instance)) errors.push({
instanceLocation,
keyword: "dependentRequired",
keywordLocation,
error: `Instance has "${key}" but does not have "${dependantKey}".`
});
}
}
if ($dependentSchemas !== void 0) for (const key in $dependentSchemas) {
const keywordLocation = `${schemaLocation}/dependentSchemas`;
if (key in instance) {
const result = validate(instance, $dependentSchemas[key], draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, `${keywordLocation}/${encodePointer(key)}`, evaluated);
if (!result.valid) errors.push({
instanceLocation,
keyword: "dependentSchemas",
keywordLocation,
error: `Instance has "${key}" but does not match dependant schema.`
}, ...result.errors);
}
}
if ($dependencies !== void 0) {
const keywordLocation = `${schemaLocation}/dependencies`;
for (const key in $dependencies) if (key in instance) {
const propsOrSchema = $dependencies[key];
if (Array.isArray(propsOrSchema)) {
for (const dependantKey of propsOrSchema) if (!(dependantKey in instance)) errors.push({
instanceLocation,
keyword: "dependencies",
keywordLocation,
error: `Instance has "${key}" but does not have "${dependantKey}".`
});
} else {
const result = validate(instance, propsOrSchema, draft, lookup, shortCircuit, recursiveAnchor, instanceLocation, `${keywordLocation}/${encodePointer(key)}`);
if (!result.valid) errors.push({
instanceLocation,
keyword: "dependencies",
keywordLocation,
error: `Instance has "${key}" but does not match dependant schema.`
}, ...result.errors);
}
}
}
const thisEvaluated = Object.create(null);
let stop = false;
if ($properties !== void 0) {
const keywordLocation = `${schemaLocation}/properties`;
for (const key in $properties) {
if (!(key in instance)) continue;
const subInstancePointer = `${instanceLocation}/${encodePointer(key)}`;
const result = validate(instance[key], $properties[key], draft, lookup, shortCircuit, recursiveAnchor, subInstancePointer, `${keywordLocation}/${encodePointer(key)}`);
if (result.valid) evaluated[key] = thisEvaluated[key] = true;
else {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "properties",
keywordLocation,
error: `Property "${key}" does not match schema.`
}, ...result.errors);
if (stop) break;
}
}
}
if (!stop && $patternProperties !== void 0) {
const keywordLocation = `${schemaLocation}/patternProperties`;
for (const pattern in $patternProperties) {
const regex$1 = new RegExp(pattern, "u");
const subSchema = $patternProperties[pattern];
for (const key in instance) {
if (!regex$1.test(key)) continue;
const subInstancePointer = `${instanceLocation}/${encodePointer(key)}`;
const result = validate(instance[key], subSchema, draft, lookup, shortCircuit, recursiveAnchor, subInstancePointer, `${keywordLocation}/${encodePointer(pattern)}`);
if (result.valid) evaluated[key] = thisEvaluated[key] = true;
else {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "patternProperties",
keywordLocation,
error: `Property "${key}" matches pattern "${pattern}" but does not match associated schema.`
}, ...result.errors);
}
}
}
}
if (!stop && $additionalProperties !== void 0) {
const keywordLocation = `${schemaLocation}/additionalProperties`;
for (const key in instance) {
if (thisEvaluated[key]) continue;
const subInstancePointer = `${instanceLocation}/${encodePointer(key)}`;
const result = validate(instance[key], $additionalProperties, draft, lookup, shortCircuit, recursiveAnchor, subInstancePointer, keywordLocation);
if (result.valid) evaluated[key] = true;
else {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "additionalProperties",
keywordLocation,
error: `Property "${key}" does not match additional properties schema.`
}, ...result.errors);
}
}
} else if (!stop && $unevaluatedProperties !== void 0) {
const keywordLocation = `${schemaLocation}/unevaluatedProperties`;
for (const key in instance) if (!evaluated[key]) {
const subInstancePointer = `${instanceLocation}/${encodePointer(key)}`;
const result = validate(instance[key], $unevaluatedProperties, draft, lookup, shortCircuit, recursiveAnchor, subInstancePointer, keywordLocation);
if (result.valid) evaluated[key] = true;
else errors.push({
instanceLocation,
keyword: "unevaluatedProperties",
keywordLocation,
error: `Property "${key}" does not match unevaluated properties schema.`
}, ...result.errors);
}
}
} else if (instanceType === "array") {
if ($maxItems !== void 0 && instance.length > $maxItems) errors.push({
instanceLocation,
keyword: "maxItems",
keywordLocation: `${schemaLocation}/maxItems`,
error: `Array has too many items (${instance.length} > ${$maxItems}).`
});
if ($minItems !== void 0 && instance.length < $minItems) errors.push({
instanceLocation,
keyword: "minItems",
keywordLocation: `${schemaLocation}/minItems`,
error: `Array has too few items (${instance.length} < ${$minItems}).`
});
const length = instance.length;
let i = 0;
let stop = false;
if ($prefixItems !== void 0) {
const keywordLocation = `${schemaLocation}/prefixItems`;
const length2 = Math.min($prefixItems.length, length);
for (; i < length2; i++) {
const result = validate(instance[i], $prefixItems[i], draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${i}`, `${keywordLocation}/${i}`);
evaluated[i] = true;
if (!result.valid) {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "prefixItems",
keywordLocation,
error: `Items did not match schema.`
}, ...result.errors);
if (stop) break;
}
}
}
if ($items !== void 0) {
const keywordLocation = `${schemaLocation}/items`;
if (Array.isArray($items)) {
const length2 = Math.min($items.length, length);
for (; i < length2; i++) {
const result = validate(instance[i], $items[i], draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${i}`, `${keywordLocation}/${i}`);
evaluated[i] = true;
if (!result.valid) {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "items",
keywordLocation,
error: `Items did not match schema.`
}, ...result.errors);
if (stop) break;
}
}
} else for (; i < length; i++) {
const result = validate(instance[i], $items, draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${i}`, keywordLocation);
evaluated[i] = true;
if (!result.valid) {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "items",
keywordLocation,
error: `Items did not match schema.`
}, ...result.errors);
if (stop) break;
}
}
if (!stop && $additionalItems !== void 0) {
const keywordLocation$1 = `${schemaLocation}/additionalItems`;
for (; i < length; i++) {
const result = validate(instance[i], $additionalItems, draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${i}`, keywordLocation$1);
evaluated[i] = true;
if (!result.valid) {
stop = shortCircuit;
errors.push({
instanceLocation,
keyword: "additionalItems",
keywordLocation: keywordLocation$1,
error: `Items did not match additional items schema.`
}, ...result.errors);
}
}
}
}
if ($contains !== void 0) if (length === 0 && $minContains === void 0) errors.push({
instanceLocation,
keyword: "contains",
keywordLocation: `${schemaLocation}/contains`,
error: `Array is empty. It must contain at least one item matching the schema.`
});
else if ($minContains !== void 0 && length < $minContains) errors.push({
instanceLocation,
keyword: "minContains",
keywordLocation: `${schemaLocation}/minContains`,
error: `Array has less items (${length}) than minContains (${$minContains}).`
});
else {
const keywordLocation = `${schemaLocation}/contains`;
const errorsLength = errors.length;
let contained = 0;
for (let j = 0; j < length; j++) {
const result = validate(instance[j], $contains, draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${j}`, keywordLocation);
if (result.valid) {
evaluated[j] = true;
contained++;
} else errors.push(...result.errors);
}
if (contained >= ($minContains || 0)) errors.length = errorsLength;
if ($minContains === void 0 && $maxContains === void 0 && contained === 0) errors.splice(errorsLength, 0, {
instanceLocation,
keyword: "contains",
keywordLocation,
error: `Array does not contain item matching schema.`
});
else if ($minContains !== void 0 && contained < $minContains) errors.push({
instanceLocation,
keyword: "minContains",
keywordLocation: `${schemaLocation}/minContains`,
error: `Array must contain at least ${$minContains} items matching schema. Only ${contained} items were found.`
});
else if ($maxContains !== void 0 && contained > $maxContains) errors.push({
instanceLocation,
keyword: "maxContains",
keywordLocation: `${schemaLocation}/maxContains`,
error: `Array may contain at most ${$maxContains} items matching schema. ${contained} items were found.`
});
}
if (!stop && $unevaluatedItems !== void 0) {
const keywordLocation = `${schemaLocation}/unevaluatedItems`;
for (; i < length; i++) {
if (evaluated[i]) continue;
const result = validate(instance[i], $unevaluatedItems, draft, lookup, shortCircuit, recursiveAnchor, `${instanceLocation}/${i}`, keywordLocation);
evaluated[i] = true;
if (!result.valid) errors.push({
instanceLocation,
keyword: "unevaluatedItems",
keywordLocation,
error: `Items did not match unevaluated items schema.`
}, ...result.errors);
}
}
if ($uniqueItems) for (let j = 0; j < length; j++) {
const a = instance[j];
const ao = typeof a === "object" && a !== null;
for (let k = 0; k < length; k++) {
if (j === k) continue;
const b = instance[k];
if (a === b || ao && typeof b === "object" && b !== null && deepCompareStrict(a, b)) {
errors.push({
instanceLocation,
keyword: "uniqueItems",
keywordLocation: `${schemaLocation}/uniqueItems`,
error: `Duplicate items at indexes ${j} and ${k}.`
});
j = Number.MAX_SAFE_INTEGER;
k = Number.MAX_SAFE_INTEGER;
}
}
}
} else if (instanceType === "number") {
if (draft === "4") {
if ($minimum !== void 0 && ($exclusiveMinimum === true && instance <= $minimum || instance < $minimum)) errors.push({
instanceLocation,
keyword: "minimum",
keywordLocation: `${schemaLocation}/minimum`,
error: `${instance} is less than ${$exclusiveMinimum ? "or equal to " : ""} ${$minimum}.`
});
if ($maximum !== void 0 && ($exclusiveMaximum === true && instance >= $maximum || instance > $maximum)) errors.push({
instanceLocation,
keyword: "maximum",
keywordLocation: `${schemaLocation}/maximum`,
error: `${instance} is greater than ${$exclusiveMaximum ? "or equal to " : ""} ${$maximum}.`
});
} else {
if ($minimum !== void 0 && instance < $minimum) errors.push({
instanceLocation,
keyword: "minimum",
keywordLocation: `${schemaLocation}/minimum`,
error: `${instance} is less than ${$minimum}.`
});
if ($maximum !== void 0 && instance > $maximum) errors.push({
instanceLocation,
keyword: "maximum",
keywordLocation: `${schemaLocation}/maximum`,
error: `${instance} is greater than ${$maximum}.`
});
if ($exclusiveMinimum !== void 0 && instance <= $exclusiveMinimum) errors.push({
instanceLocation,
keyword: "exclusiveMinimum",
keywordLocation: `${schemaLocation}/exclusiveMinimum`,
error: `${instance} is less than ${$exclusiveMinimum}.`
});
if ($exclusiveMaximum !== void 0 && instance >= $exclusiveMaximum) errors.push({
instanceLocation,
keyword: "exclusiveMaximum",
keywordLocation: `${schemaLocation}/exclusiveMaximum`,
error: `${instance} is greater than or equal to ${$exclusiveMaximum}.`
});
}
if ($multipleOf !== void 0) {
const remainder = instance % $multipleOf;
if (Math.abs(0 - remainder) >= 1.1920929e-7 && Math.abs($multipleOf - remainder) >= 1.1920929e-7) errors.push({
instanceLocation,
keyword: "multipleOf",
keywordLocation: `${schemaLocation}/multipleOf`,
error: `${instance} is not a multiple of ${$multipleOf}.`
});
}
} else if (instanceType === "string") {
const length = $minLength === void 0 && $maxLength === void 0 ? 0 : ucs2length(instance);
if ($minLength !== void 0 && length < $minLength) errors.push({
instanceLocation,
keyword: "minLength",
keywordLocation: `${schemaLocation}/minLength`,
error: `String is too short (${length} < ${$minLength}).`
});
if ($maxLength !== void 0 && length > $maxLength) errors.push({
instanceLocation,
keyword: "maxLength",
keywordLocation: `${schemaLocation}/maxLength`,
error: `String is too long (${length} > ${$maxLength}).`
});
if ($pattern !== void 0 && !new RegExp($pattern, "u").test(instance)) errors.push({
instanceLocation,
keyword: "pattern",
keywordLocation: `${schemaLocation}/pattern`,
error: `String does not match pattern.`
});
if ($format !== void 0 && format[$format] && !format[$format](instance)) errors.push({
instanceLocation,
keyword: "format",
keywordLocation: `${schemaLocation}/format`,
error: `String does not match format "${$format}".`
});
}
return {
valid: errors.length === 0,
errors
};
}
var Validator = class {
schema;
draft;
shortCircuit;
lookup;
constructor(schema, draft = "2019-09", shortCircuit = true) {
this.schema = schema;
this.draft = draft;
this.shortCircuit = shortCircuit;
this.lookup = dereference(schema);
}
validate(instance) {
return validate(instance, this.schema, this.draft, this.lookup, this.shortCircuit);
}
addSchema(schema, id) {
if (id) schema = {
...schema,
$id: id
};
dereference(schema, this.lookup);
}
};
var CfWorkerJsonSchemaValidator = class {
shortcircuit;
draft;
constructor(options) {
this.shortcircuit = options?.shortcircuit ?? true;
this.draft = options?.draft;
}
_draftFor(schema) {
const dialect = declaredDialect(schema, "pass an explicit { draft } to CfWorkerJsonSchemaValidator to validate other dialects.");
return dialect === "draft-7" ? "7" : dialect;
}
getValidator(schema) {
const validator = new Validator(schema, this.draft ?? this._draftFor(schema), this.shortcircuit);
return (input) => {
const result = validator.validate(input);
return result.valid ? {
valid: true,
data: input,
errorMessage: void 0
} : {
valid: false,
data: void 0,
errorMessage: result.errors.map((err) => `${err.instanceLocation}: ${err.error}`).join("; ")
};
};
}
};
const COMPLETABLE_SYMBOL = Symbol.for("mcp.completable");
function completable(schema, complete) {
Object.defineProperty(schema, COMPLETABLE_SYMBOL, {
value: { complete },
enumerable: false,
writable: false,
configurable: false
});
return schema;
}
function isCompletable(schema) {
return !!schema && typeof schema === "object" && COMPLETABLE_SYMBOL in schema;
}
function getCompleter(schema) {
return schema[COMPLETABLE_SYMBOL]?.complete;
}
const DEFAULT_SSE_KEEP_ALIVE_MS = 15e3;
const MAX_TIMER_DELAY_MS = 2 ** 31 - 1;
function armSseKeepAlive(intervalMs, onTick) {
if (!Number.isFinite(intervalMs) || intervalMs < 1) return;
const timer = setInterval(onTick, Math.min(intervalMs, MAX_TIMER_DELAY_MS));
timer.unref?.();
return timer;
}
let readClassification;
var PerRequestHTTPServerTransport = class {
static {
readClassification = (transport) => transport._classification;
}
onclose;
onerror;
onmessage;
_classification;
_responseMode;
_started = false;
_used = false;
_closed = false;
_terminalDelivered = false;
_dispatchWindowOpen = false;
_requestId;
_deferredResponse;
_sse;
_abortCleanup;
_keepAliveMs;
constructor(options) {
this._classification = options.classification;
this._responseMode = options.responseMode ?? "auto";
this._keepAliveMs = options.keepAliveMs ?? DEFAULT_SSE_KEEP_ALIVE_MS;
}
async start() {
if (this._started) throw new Error("PerRequestHTTPServerTransport is already started");
this._started = true;
}
async handleMessage(message, extra) {
if (this._used) throw new Error("PerRequestHTTPServerTransport serves exactly one exchange; construct a new transport per request");
if (!this._started || this.onmessage === void 0) throw new Error("PerRequestHTTPServerTransport is not connected: connect a server to this transport before handling a message");
if (this._closed) throw new Error("PerRequestHTTPServerTransport is closed");
this._used = true;
const signal = extra?.request?.signal;
if (signal?.aborted) {
await this.close();
throw new SdkError(SdkErrorCode.ConnectionClosed, "The request was aborted before it could be handled");
}
const messageExtra = {
classification: this._classification,
...extra?.request !== void 0 && { request: extra.request },
...extra?.authInfo !== void 0 && { authInfo: extra.authInfo }
};
if (isJSONRPCRequest(message)) {
this._requestId = message.id;
let resolve;
let reject;
const promise = new Promise((promiseResolve, promiseReject) => {
resolve = promiseResolve;
reject = promiseReject;
});
this._deferredResponse = {
promise,
resolve,
reject,
settled: false
};
if (signal !== void 0) {
const onAbort = () => void this.close();
signal.addEventListener("abort", onAbort, { once: true });
this._abortCleanup = () => signal.removeEventListener("abort", onAbort);
}
this._dispatchWindowOpen = true;
try {
this.onmessage(message, messageExtra);
} finally {
this._dispatchWindowOpen = false;
}
if (this._responseMode === "sse" && !this._closed && !this._deferredResponse.settled) this.upgradeToSse();
return promise;
}
this.onmessage(message, messageExtra);
return new Response(null, { status: 202 });
}
async send(message, options) {
if (this._closed) return;
const isResponse = isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message);
const relatedId = isResponse ? message.id : options?.relatedRequestId;
if (this._requestId === void 0 || relatedId === void 0 || relatedId !== this._requestId) {
if (isResponse) this.onerror?.(  new Error(`Received a response for an unknown request id: ${String(message.id)}`));
return;
}
if (isResponse) {
if (this._terminalDelivered) return;
this._terminalDelivered = true;
const errorCode = isJSONRPCErrorResponse(message) ? message.error.code : void 0;
const ladderStatus = errorCode !== void 0 && (this._dispatchWindowOpen || errorCode === ProtocolErrorCode.MissingRequiredClientCapability) ? LADDER_ERROR_HTTP_STATUS[errorCode] : void 0;
if (ladderStatus !== void 0 && this._sse === void 0) {
this.settleResponse(Response.json(message, {
status: ladderStatus,
headers: { "Content-Type": "application/json" }
}));
queueMicrotask(() => void this.close());
return;
}
if (this._sse !== void 0 || this._responseMode === "sse") {
if (this._sse === void 0) this.upgradeToSse();
this.writeMessageFrame(message);
this.finalizeStream();
return;
}
this.settleResponse(Response.json(message, {
status: 200,
headers: { "Content-Type": "application/json" }
}));
queueMicrotask(() => void this.close());
return;
}
if (this._responseMode === "json") return;
if (this._sse === void 0) this.upgradeToSse();
this.writeMessageFrame(message);
}
writeCommentFrame(comment) {
if (this._closed || this._sse === void 0 || this._sse.closed) return;
const frame = comment.split("\n").map((line) => `: ${line}`).join("\n");
this.writeFrame(`${frame}\n\n`);
}
async close() {
if (this._closed) return;
this._closed = true;
this._abortCleanup?.();
this._abortCleanup = void 0;
if (this._sse?.keepAliveTimer !== void 0) clearInterval(this._sse.keepAliveTimer);
if (this._sse !== void 0 && !this._sse.closed) {
this._sse.closed = true;
try {
this._sse.controller.close();
} catch {}
}
if (this._deferredResponse !== void 0 && !this._deferredResponse.settled) {
this._deferredResponse.settled = true;
this._deferredResponse.reject(new SdkError(SdkErrorCode.ConnectionClosed, "Connection closed before a response was produced"));
}
this.onclose?.();
}
settleResponse(response) {
if (this._deferredResponse === void 0 || this._deferredResponse.settled) return;
this._deferredResponse.settled = true;
this._deferredResponse.resolve(response);
}
upgradeToSse() {
let controller;
const readable = new ReadableStream({
start: (streamController) => {
controller = streamController;
},
cancel: () => {
this.close();
}
});
this._sse = {
controller,
encoder: new TextEncoder(),
closed: false
};
this._sse.keepAliveTimer = armSseKeepAlive(this._keepAliveMs, () => this.writeCommentFrame("keepalive"));
this.settleResponse(new Response(readable, {
status: 200,
headers: {
"Content-Type": "text/event-stream",
"Cache-Control": "no-cache, no-transform",
Connection: "keep-alive",
"X-Accel-Buffering": "no"
}
}));
}
finalizeStream() {
if (this._sse?.keepAliveTimer !== void 0) clearInterval(this._sse.keepAliveTimer);
if (this._sse !== void 0 && !this._sse.closed) {
this._sse.closed = true;
try {
this._sse.controller.close();
} catch {}
}
queueMicrotask(() => void this.close());
}
writeMessageFrame(message) {
this.writeFrame(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
}
writeFrame(frame) {
if (this._sse === void 0 || this._sse.closed) return;
try {
this._sse.controller.enqueue(this._sse.encoder.encode(frame));
} catch (error) {
this.onerror?.(  new Error(`Failed to write to the response stream: ${error}`));
}
}
};
function perRequestClassificationOf(transport) {
return transport instanceof PerRequestHTTPServerTransport ? readClassification(transport) : void 0;
}
function comparableResource(value) {
const text = String(value);
const hash = text.indexOf("#");
return (hash === -1 ? text : text.slice(0, hash)).replace(/\/$/, "");
}
function sameResource(reported, expected) {
if (!reported) return false;
return comparableResource(reported) === comparableResource(expected);
}
function headerQuotedValue(value) {
return value.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll(/[^\u0020-\u007E]/g, " ");
}
function buildWwwAuthenticateHeader(errorCode, description, requiredScopes, resourceMetadataUrl) {
let header = `Bearer error="${headerQuotedValue(errorCode)}", error_description="${headerQuotedValue(description)}"`;
if (requiredScopes.length > 0) header += `, scope="${headerQuotedValue(requiredScopes.join(" "))}"`;
if (resourceMetadataUrl) header += `, resource_metadata="${headerQuotedValue(resourceMetadataUrl)}"`;
return header;
}
async function verifyBearerToken(authorizationHeader, options) {
const { verifier, requiredScopes = [], expectedResource } = options;
if (!authorizationHeader) throw new OAuthError(OAuthErrorCode.InvalidToken, "Missing Authorization header");
const [type, token] = authorizationHeader.split(" ");
if (type?.toLowerCase() !== "bearer" || !token) throw new OAuthError(OAuthErrorCode.InvalidToken, "Invalid Authorization header format, expected 'Bearer TOKEN'");
const authInfo = await verifier.verifyAccessToken(token);
if (expectedResource !== void 0 && !sameResource(authInfo.resource, expectedResource)) throw new OAuthError(OAuthErrorCode.InvalidToken, "Token was not issued for this resource");
if (requiredScopes.length > 0) {
if (!requiredScopes.every((scope) => authInfo.scopes.includes(scope))) throw new OAuthError(OAuthErrorCode.InsufficientScope, "Insufficient scope");
}
if (typeof authInfo.expiresAt !== "number" || Number.isNaN(authInfo.expiresAt)) throw new OAuthError(OAuthErrorCode.InvalidToken, "Token has no expiration time");
else if (authInfo.expiresAt < Date.now() / 1e3) throw new OAuthError(OAuthErrorCode.InvalidToken, "Token has expired");
if (options.resourceMetadataUrl !== void 0 && authInfo.resourceMetadataUrl === void 0) return {
...authInfo,
resourceMetadataUrl: options.resourceMetadataUrl
};
return authInfo;
}
function bearerAuthChallengeResponse(error, options) {
const { requiredScopes = [], resourceMetadataUrl } = options ?? {};
if (!(error instanceof OAuthError)) {
const serverError = new OAuthError(OAuthErrorCode.ServerError, "Internal Server Error");
return Response.json(serverError.toResponseObject(), { status: 500 });
}
switch (error.code) {
case OAuthErrorCode.InvalidToken: {
const challenge = buildWwwAuthenticateHeader(error.code, error.message, requiredScopes, resourceMetadataUrl);
return Response.json(error.toResponseObject(), {
status: 401,
headers: { "WWW-Authenticate": challenge }
});
}
case OAuthErrorCode.InsufficientScope: {
const challenge = buildWwwAuthenticateHeader(error.code, error.message, requiredScopes, resourceMetadataUrl);
return Response.json(error.toResponseObject(), {
status: 403,
headers: { "WWW-Authenticate": challenge }
});
}
case OAuthErrorCode.ServerError: return Response.json(error.toResponseObject(), { status: 500 });
default: return Response.json(error.toResponseObject(), { status: 400 });
}
}
function requireBearerAuth(options) {
const { verifier, requiredScopes = [], resourceMetadataUrl, expectedResource } = options;
const resolved = {
verifier,
requiredScopes,
resourceMetadataUrl,
expectedResource
};
return async (request) => {
const [authorizationHeader] = (request.headers.get("authorization") ?? "").split(",");
try {
return await verifyBearerToken(authorizationHeader || void 0, resolved);
} catch (error) {
return bearerAuthChallengeResponse(error, resolved);
}
};
}
function checkIssuerUrl(issuer, allowInsecure) {
if (issuer.protocol !== "https:" && issuer.hostname !== "localhost" && issuer.hostname !== "127.0.0.1" && !allowInsecure) throw new Error("Issuer URL must be HTTPS");
if (issuer.hash) throw new Error(`Issuer URL must not have a fragment: ${issuer}`);
if (issuer.search) throw new Error(`Issuer URL must not have a query string: ${issuer}`);
}
function buildOAuthProtectedResourceMetadata(options) {
checkIssuerUrl(new URL(options.oauthMetadata.issuer), options.dangerouslyAllowInsecureIssuerUrl);
return {
resource: options.resourceServerUrl.href,
authorization_servers: [options.oauthMetadata.issuer],
scopes_supported: options.scopesSupported,
resource_name: options.resourceName,
resource_documentation: options.serviceDocumentationUrl?.href
};
}
function getOAuthProtectedResourceMetadataUrl(serverUrl) {
const metadataUrl = new URL(serverUrl);
metadataUrl.pathname = protectedResourceMetadataPath(serverUrl);
metadataUrl.hash = "";
return metadataUrl.href;
}
function protectedResourceMetadataPath(resourceServerUrl) {
const rsPath = stripTrailingSlash(resourceServerUrl.pathname);
return `/.well-known/oauth-protected-resource${rsPath === "/" ? "" : rsPath}`;
}
function stripTrailingSlash(path) {
return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
const ALLOWED_METHODS = "GET, HEAD, OPTIONS";
function metadataDocumentResponse(request, metadata) {
if (request.method === "OPTIONS") {
const requestedHeaders = request.headers.get("access-control-request-headers");
return new Response(null, {
status: 204,
headers: {
"Access-Control-Allow-Origin": "*",
"Access-Control-Allow-Methods": ALLOWED_METHODS,
...requestedHeaders === null ? {} : {
"Access-Control-Allow-Headers": requestedHeaders,
Vary: "Access-Control-Request-Headers"
}
}
});
}
if (request.method !== "GET" && request.method !== "HEAD") {
const error = new OAuthError(OAuthErrorCode.MethodNotAllowed, `The method ${request.method} is not allowed for this endpoint`);
return Response.json(error.toResponseObject(), {
status: 405,
headers: {
Allow: ALLOWED_METHODS,
"Access-Control-Allow-Origin": "*"
}
});
}
const response = Response.json(metadata, { headers: { "Access-Control-Allow-Origin": "*" } });
return request.method === "HEAD" ? new Response(null, {
status: response.status,
headers: response.headers
}) : response;
}
function oauthMetadataResponse(request, options) {
const requestPath = stripTrailingSlash(new URL(request.url).pathname);
if (requestPath === protectedResourceMetadataPath(options.resourceServerUrl)) return metadataDocumentResponse(request, buildOAuthProtectedResourceMetadata(options));
if (requestPath === "/.well-known/oauth-authorization-server") {
buildOAuthProtectedResourceMetadata(options);
return metadataDocumentResponse(request, options.oauthMetadata);
}
}
function supportsScopeChallengeResolver(transport) {
return typeof transport === "object" && transport !== null && "setScopeChallengeResolver" in transport && typeof transport.setScopeChallengeResolver === "function";
}
function assertScope(scope, location) {
if (typeof scope !== "string" || !/^[\u0021\u0023-\u005B\u005D-\u007E]+$/.test(scope)) throw new TypeError(`${location} must satisfy the OAuth scope-token grammar`);
}
function validateScopeChallenge(challenge) {
if (challenge === null || typeof challenge !== "object" || !Array.isArray(challenge.scopes) || challenge.scopes.length === 0) throw new TypeError("scope challenge must contain at least one scope");
for (const [index, scope] of challenge.scopes.entries()) assertScope(scope, `scope challenge scopes[${index}]`);
if (challenge.errorDescription !== void 0 && typeof challenge.errorDescription !== "string") throw new TypeError("scope challenge errorDescription must be a string");
if (challenge.errorDescription !== void 0 && !/^[\u0020-\u0021\u0023-\u005B\u005D-\u007E]+$/.test(challenge.errorDescription)) throw new TypeError("scope challenge errorDescription must satisfy the RFC 6750 error-description grammar");
return challenge;
}
function requireScopes(...scopes) {
if (scopes.length === 0) throw new TypeError("requireScopes must contain at least one scope");
for (const [index, scope] of scopes.entries()) assertScope(scope, `requireScopes scope[${index}]`);
const requiredScopes = [...scopes];
return ({ authInfo }) => {
if (authInfo === void 0) return;
const activeScopes = new Set(authInfo.scopes);
if (requiredScopes.every((scope) => activeScopes.has(scope))) return;
return { scopes: requiredScopes };
};
}
async function findScopeChallenge(requests, authInfo, resolve) {
for (const request of requests) {
const challenge = await resolve({
request,
...authInfo !== void 0 && { authInfo }
});
if (challenge !== void 0) return validateScopeChallenge(challenge);
}
}
function scopeChallengeResourceMetadataUrl(authInfo) {
if (authInfo?.resourceMetadataUrl !== void 0) return authInfo.resourceMetadataUrl;
if (authInfo?.resource?.protocol === "https:" || authInfo?.resource?.protocol === "http:") return getOAuthProtectedResourceMetadataUrl(authInfo.resource);
}
function createScopeChallengeResponse(challenge, resourceMetadataUrl) {
return bearerAuthChallengeResponse(new OAuthError(OAuthErrorCode.InsufficientScope, challenge.errorDescription ?? "Insufficient scope"), {
requiredScopes: [...challenge.scopes],
resourceMetadataUrl
});
}
const DEFAULT_LEGACY_SHIM_MAX_ROUNDS = 8;
const DEFAULT_LEGACY_SHIM_ROUND_TIMEOUT_MS = 6e5;
function resolveLegacyShimOptions(options) {
if (options?.maxRounds !== void 0 && (!Number.isInteger(options.maxRounds) || options.maxRounds < 1)) throw new RangeError(`inputRequired.maxRounds must be a positive integer (got ${options.maxRounds})`);
if (options?.roundTimeoutMs !== void 0 && (!Number.isFinite(options.roundTimeoutMs) || options.roundTimeoutMs <= 0)) throw new RangeError(`inputRequired.roundTimeoutMs must be a positive number (got ${options.roundTimeoutMs})`);
return {
maxRounds: options?.maxRounds ?? DEFAULT_LEGACY_SHIM_MAX_ROUNDS,
roundTimeoutMs: options?.roundTimeoutMs ?? DEFAULT_LEGACY_SHIM_ROUND_TIMEOUT_MS,
legacyShim: options?.legacyShim ?? true
};
}
function coerceEmbeddedInputRequest(method, key, entry) {
if (entry === null || typeof entry !== "object" || typeof entry.method !== "string") throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an invalid input request '${key}': each inputRequests entry must be an embedded elicitation/create, sampling/createMessage, or roots/list request`);
const embedded = entry;
const required = requiredClientCapabilitiesForInputRequest(embedded);
if (required === void 0) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input request '${key}' of kind '${embedded.method}', which is not an embedded request the 2026-07-28 revision defines`);
return {
embedded,
required
};
}
function syntheticElicitationId() {
const webCrypto = globalThis.crypto;
if (webCrypto?.randomUUID !== void 0) return webCrypto.randomUUID();
const bytes = new Uint8Array(16);
webCrypto.getRandomValues(bytes);
bytes[6] = bytes[6] & 15 | 64;
bytes[8] = bytes[8] & 63 | 128;
const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
function legacyShimFailure(method, message) {
if (method === "tools/call") return {
content: [{
type: "text",
text: message
}],
isError: true
};
throw new ProtocolError(ProtocolErrorCode.InternalError, message);
}
var LegacyInputRequiredShim = class {
constructor(_host) {
this._host = _host;
}
async fulfill(method, handler, request, ctx, firstResult) {
const { maxRounds, roundTimeoutMs } = this._host;
const outerSignal = ctx.mcpReq.signal;
let current = firstResult;
let round = 0;
while (true) {
round += 1;
if (round > maxRounds) return legacyShimFailure(method, inputRequiredRoundsExceededMessage(method, maxRounds));
const inputRequests = current.inputRequests;
const hasInputRequests = inputRequests != null && Object.keys(inputRequests).length > 0;
const requestState = typeof current.requestState === "string" ? current.requestState : void 0;
if (!hasInputRequests && requestState === void 0) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input-required result with neither inputRequests nor requestState (every InputRequiredResult must include at least one of the two)`);
let responses;
if (hasInputRequests) {
const declared = this._host.resolvedClientCapabilities(ctx);
const coerced = [];
for (const [key, entry] of Object.entries(inputRequests)) {
const { embedded, required } = coerceEmbeddedInputRequest(method, key, entry);
if (embedded.method !== "roots/list" && embedded.params === void 0) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input request '${key}' of kind '${embedded.method}' without params`);
if (missingClientCapabilities(required, declared) !== void 0) return legacyShimFailure(method, `Cannot request input '${key}' (${embedded.method}): the client on this 2025-era connection did not declare the required capability${declared === void 0 ? " (no client capabilities are available on this connection — per-request legacy serving cannot receive server-to-client requests)" : ""}`);
coerced.push([key, embedded]);
}
const roundAbort = linkedRoundAbort(outerSignal);
try {
const legOptions = {
relatedRequestId: ctx.mcpReq.id,
timeout: roundTimeoutMs,
resetTimeoutOnProgress: true,
onprogress: () => {},
signal: roundAbort.signal
};
const fulfilled = await Promise.all(coerced.map(async ([key, embedded]) => {
try {
return [key, await this._dispatchLeg(embedded, legOptions)];
} catch (error) {
roundAbort.abort(error);
throw error;
}
}));
responses = Object.fromEntries(fulfilled);
} catch (error) {
if (outerSignal.aborted) throw error;
return legacyShimFailure(method, `Fulfilling input required by '${method}' failed: ${error instanceof Error ? error.message : String(error)}`);
} finally {
roundAbort.dispose();
}
} else await sleep(REQUEST_STATE_ONLY_LEG_PACING_MS, outerSignal);
let ctxNext = {
...ctx,
mcpReq: {
...ctx.mcpReq,
inputResponses: responses,
droppedInputResponseKeys: void 0,
requestState: requestStateAccessor(requestState)
}
};
if (requestState !== void 0) {
const decoded = await this._host.verifyRequestState(requestState, ctxNext, method);
if (decoded !== void 0) ctxNext = withRequestStateValue(ctxNext, decoded);
}
const next = await handler(request, ctxNext);
if (!isInputRequiredResult(next)) return next;
current = next;
}
}
async _dispatchLeg(embedded, options) {
switch (embedded.method) {
case "elicitation/create": {
let params = embedded.params;
if (params.mode === "url" && params.elicitationId === void 0) params = {
...params,
elicitationId: syntheticElicitationId()
};
return await this._host.sendElicitation(params, options);
}
case "sampling/createMessage": return await this._host.sendSampling(embedded.params, options);
case "roots/list": return await this._host.listRoots(embedded.params, options);
}
}
};
const INPUT_REQUIRED_CAPABLE_METHODS = new Set([
"tools/call",
"prompts/get",
"resources/read"
]);
let writeClientIdentity;
let installDiscoverHandler;
let readServerIdentity;
function seedClientIdentityFromEnvelope(server, identity) {
writeClientIdentity(server, identity);
}
function installModernOnlyHandlers(server, servedModernVersions) {
installDiscoverHandler(server, servedModernVersions);
}
function serverIdentityOf(server) {
return readServerIdentity(server);
}
var Server = class extends Protocol {
_clientCapabilities;
_clientVersion;
static {
writeClientIdentity = (server, identity) => {
if (identity.clientCapabilities !== void 0) server._clientCapabilities = identity.clientCapabilities;
if (identity.clientInfo !== void 0) server._clientVersion = identity.clientInfo;
};
installDiscoverHandler = (server, servedModernVersions) => {
const missing = servedModernVersions.filter((version) => !server._supportedProtocolVersions.includes(version));
if (missing.length > 0) server._supportedProtocolVersions = [...server._supportedProtocolVersions, ...missing];
server.setRequestHandler("server/discover", () => server._ondiscover());
};
readServerIdentity = (server) => server._serverInfo;
}
_capabilities;
_instructions;
_jsonSchemaValidator;
_cacheHints;
_requestStateVerify;
_inputRequiredServing;
_legacyShim;
_boundFromTransport = false;
_legacyInputRequiredShim() {
return this._legacyShim ??= new LegacyInputRequiredShim({
maxRounds: this._inputRequiredServing.maxRounds,
roundTimeoutMs: this._inputRequiredServing.roundTimeoutMs,
resolvedClientCapabilities: (ctx) => this._inputRequestCapabilityView(ctx),
verifyRequestState: (state, ctx, method) => this._verifyRequestState(state, ctx, method),
sendElicitation: (params, options) => this._sendElicitationLeg(params, options, { validateAcceptedContent: false }),
sendSampling: (params, options) => this.createMessage(params, options),
listRoots: (params, options) => this.listRoots(params, options)
});
}
oninitialized;
constructor(_serverInfo, options) {
super(options);
this._serverInfo = _serverInfo;
this._capabilities = options?.capabilities ? { ...options.capabilities } : {};
this._instructions = options?.instructions;
this._jsonSchemaValidator = options?.jsonSchemaValidator ?? new CfWorkerJsonSchemaValidator();
this._requestStateVerify = options?.requestState?.verify;
this._inputRequiredServing = resolveLegacyShimOptions(options?.inputRequired);
if (options?.cacheHints !== void 0) {
for (const [operation, hint] of Object.entries(options.cacheHints)) if (hint !== void 0) assertValidCacheHint(hint, `cacheHints['${operation}']`);
this._cacheHints = options.cacheHints;
}
this.setRequestHandler("initialize", (request) => this._oninitialize(request));
this.setNotificationHandler("notifications/initialized", () => this.oninitialized?.());
if (modernProtocolVersions(this._supportedProtocolVersions).length > 0) this.setRequestHandler("server/discover", () => this._ondiscover());
if (this._capabilities.logging) this._registerLoggingHandler();
}
async connect(transport) {
if (this.transport !== void 0) throw new SdkError(SdkErrorCode.AlreadyConnected, "Use a separate Server instance per connection: this instance is already connected to a transport. To connect it to a new transport, call close() first.");
if (this._boundFromTransport) {
this._boundFromTransport = false;
this._negotiatedProtocolVersion = void 0;
}
const revision = perRequestClassificationOf(transport)?.revision;
if (revision !== void 0 && !this._servedModernEra() && SUPPORTED_MODERN_PROTOCOL_VERSIONS.includes(revision) && modernProtocolVersions(this._supportedProtocolVersions).includes(revision)) {
this._negotiatedProtocolVersion = revision;
this._boundFromTransport = true;
}
await super.connect(transport);
}
_registerLoggingHandler() {
this.setRequestHandler("logging/setLevel", async (request, ctx) => {
const transportSessionId = ctx.sessionId || ctx.http?.req?.headers.get("mcp-session-id") || void 0;
const { level } = request.params;
const parseResult = parseSchema(LoggingLevelSchema, level);
if (parseResult.success) this._loggingLevels.set(transportSessionId, parseResult.data);
return {};
});
}
buildContext(ctx, transportInfo) {
const hasHttpInfo = ctx.http || transportInfo?.request || transportInfo?.closeSSEStream || transportInfo?.closeStandaloneSSEStream;
return {
...ctx,
mcpReq: {
...ctx.mcpReq,
log: (level, data, logger) => {
if (!this._capabilities.logging) return Promise.resolve();
let threshold;
if (this._servedModernEra()) {
threshold = ctx.mcpReq.envelope?.[LOG_LEVEL_META_KEY];
if (threshold === void 0) return Promise.resolve();
} else threshold = this._loggingLevels.get(ctx.sessionId) ?? this._loggingLevels.get(void 0);
if (threshold !== void 0 && this.LOG_LEVEL_SEVERITY.get(level) < this.LOG_LEVEL_SEVERITY.get(threshold)) return Promise.resolve();
return ctx.mcpReq.notify({
method: "notifications/message",
params: {
level,
data,
logger
}
});
},
elicitInput: (params, options) => this.elicitInput(params, options),
requestSampling: (params, options) => this.createMessage(params, options)
},
http: hasHttpInfo ? {
...ctx.http,
req: transportInfo?.request,
closeSSE: transportInfo?.closeSSEStream,
closeStandaloneSSE: transportInfo?.closeStandaloneSSEStream
} : void 0
};
}
_loggingLevels =   new Map();
LOG_LEVEL_SEVERITY = new Map(LoggingLevelSchema.options.map((level, index) => [level, index]));
isMessageIgnored = (level, sessionId) => {
const currentLevel = this._loggingLevels.get(sessionId);
return currentLevel ? this.LOG_LEVEL_SEVERITY.get(level) < this.LOG_LEVEL_SEVERITY.get(currentLevel) : false;
};
registerCapabilities(capabilities) {
if (this.transport) throw new SdkError(SdkErrorCode.AlreadyConnected, "Cannot register capabilities after connecting to transport");
const hadLogging = !!this._capabilities.logging;
this._capabilities = mergeCapabilities(this._capabilities, capabilities);
if (!hadLogging && this._capabilities.logging) this._registerLoggingHandler();
}
_wrapHandler(method, handler) {
if (method !== "tools/call") {
const cacheHint = this._cacheHints?.[method];
const isInputRequiredCapable = INPUT_REQUIRED_CAPABLE_METHODS.has(method);
if (cacheHint === void 0 && !isInputRequiredCapable) return async (request, ctx) => {
const result = await handler(request, ctx);
if (isInputRequiredResult(result)) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input-required result, but only tools/call, prompts/get and resources/read support input_required (protocol revision 2026-07-28)`);
return result;
};
return async (request, ctx) => {
const result = isInputRequiredCapable ? await this._invokeInputRequiredCapableHandler(method, handler, request, ctx) : await handler(request, ctx);
if (isInputRequiredResult(result)) {
if (!isInputRequiredCapable) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input-required result, but only tools/call, prompts/get and resources/read support input_required (protocol revision 2026-07-28)`);
return result;
}
return cacheHint === void 0 ? result : attachCacheHintFallback(result, cacheHint);
};
}
return async (request, ctx) => {
const codec = codecForVersion(this._negotiatedProtocolVersion);
const validatedRequest = codec.validateRequest("tools/call", request);
if (!validatedRequest.ok) throw new ProtocolError(validatedRequest.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validatedRequest.reason === "not-in-era" ? "No wire schema for tools/call in the resolved era" : `Invalid tools/call request: ${validatedRequest.message}`);
const result = await this._invokeInputRequiredCapableHandler("tools/call", handler, request, ctx);
if (isInputRequiredResult(result)) return result;
const normalizedResult = normalizeContentlessToolResult(result);
const validationResult = codec.validateResult("tools/call", normalizedResult);
if (!validationResult.ok) throw new ProtocolError(validationResult.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validationResult.reason === "not-in-era" ? "No wire schema for tools/call in the resolved era" : `Invalid tools/call result: ${validationResult.message}`);
return validationResult.value;
};
}
_servedModernEra() {
return this._negotiatedProtocolVersion !== void 0 && isModernProtocolVersion(this._negotiatedProtocolVersion);
}
async _invokeInputRequiredCapableHandler(method, handler, request, ctx) {
const servedModern = this._servedModernEra();
const rawRequestState = ctx.mcpReq.requestState();
if (rawRequestState !== void 0 && typeof rawRequestState !== "string") throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Invalid or expired requestState", { reason: "invalid_request_state" });
let ctxForHandler = ctx;
if (typeof rawRequestState === "string") {
const decoded = await this._verifyRequestState(rawRequestState, ctx, method);
if (decoded !== void 0) ctxForHandler = withRequestStateValue(ctx, decoded);
}
let result;
try {
result = await handler(request, ctxForHandler);
} catch (error) {
if (error instanceof ProtocolError && error.code === ProtocolErrorCode.UrlElicitationRequired) {
if (!servedModern) throw error;
throw new ProtocolError(ProtocolErrorCode.InternalError, `URL elicitation cannot be signalled by throwing UrlElicitationRequiredError on protocol revision ${this._negotiatedProtocolVersion}: return inputRequired({ inputRequests: { …: inputRequired.elicitUrl(...) } }) from the handler instead. The urlElicitationRequired error (-32042) of earlier revisions is not available on this revision.`);
}
throw error;
}
if (!isInputRequiredResult(result)) return result;
if (!servedModern) {
if (!this._inputRequiredServing.legacyShim) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input-required result, but this request is served on protocol revision ${this._negotiatedProtocolVersion ?? LATEST_PROTOCOL_VERSION}, which has no input_required vocabulary`);
return await this._legacyInputRequiredShim().fulfill(method, handler, request, ctxForHandler, result);
}
const inputRequests = result.inputRequests;
const hasInputRequests = inputRequests != null && Object.keys(inputRequests).length > 0;
const hasRequestState = typeof result.requestState === "string";
if (!hasInputRequests && !hasRequestState) throw new ProtocolError(ProtocolErrorCode.InternalError, `Handler for ${method} returned an input-required result with neither inputRequests nor requestState (every InputRequiredResult must include at least one of the two)`);
if (hasInputRequests) {
const declared = this._inputRequestCapabilityView(ctx);
for (const [key, entry] of Object.entries(inputRequests)) {
const { embedded, required } = coerceEmbeddedInputRequest(method, key, entry);
const missing = missingClientCapabilities(required, declared);
if (missing !== void 0) throw new MissingRequiredClientCapabilityError({ requiredCapabilities: missing }, `Cannot request input '${key}' (${embedded.method}): the request's client capabilities do not declare the required capability`);
}
}
return result;
}
async _verifyRequestState(state, ctx, method) {
if (this._requestStateVerify === void 0) return;
try {
return await this._requestStateVerify(state, ctx);
} catch (error) {
this.onerror?.(  new Error(`requestState verification rejected ${method}: ${error instanceof Error ? error.message : String(error)}`));
throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Invalid or expired requestState", { reason: "invalid_request_state" });
}
}
_inputRequestCapabilityView(ctx) {
return this._servedModernEra() ? ctx.mcpReq.envelope?.[CLIENT_CAPABILITIES_META_KEY] : this._clientCapabilities;
}
_assertPushApiInServedEra(method) {
if (this._servedModernEra()) throw new SdkError(SdkErrorCode.MethodNotSupportedByProtocolVersion, `Server-to-client requests are not available on protocol revision ${this._negotiatedProtocolVersion}: '${method}' cannot be sent while serving a request on that revision. Return inputRequired({ ... }) from the handler instead — the client fulfils the embedded requests and retries the original request (multi round-trip requests).`, {
method,
era: "2026-07-28"
});
}
assertCapabilityForMethod(method) {
switch (method) {
case "sampling/createMessage":
if (!this._clientCapabilities?.sampling) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support sampling (required for ${method})`);
break;
case "elicitation/create":
if (!this._clientCapabilities?.elicitation) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support elicitation (required for ${method})`);
break;
case "roots/list":
if (!this._clientCapabilities?.roots) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support listing roots (required for ${method})`);
break;
}
}
assertNotificationCapability(method) {
switch (method) {
case "notifications/message":
if (!this._capabilities.logging) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support logging (required for ${method})`);
break;
case "notifications/resources/updated":
case "notifications/resources/list_changed":
if (!this._capabilities.resources) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support notifying about resources (required for ${method})`);
break;
case "notifications/tools/list_changed":
if (!this._capabilities.tools) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support notifying of tool list changes (required for ${method})`);
break;
case "notifications/prompts/list_changed":
if (!this._capabilities.prompts) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support notifying of prompt list changes (required for ${method})`);
break;
case "notifications/elicitation/complete":
if (!this._clientCapabilities?.elicitation?.url) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support URL elicitation (required for ${method})`);
break;
}
}
assertRequestHandlerCapability(method) {
switch (method) {
case "completion/complete":
if (!this._capabilities.completions) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support completions (required for ${method})`);
break;
case "logging/setLevel":
if (!this._capabilities.logging) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support logging (required for ${method})`);
break;
case "prompts/get":
case "prompts/list":
if (!this._capabilities.prompts) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support prompts (required for ${method})`);
break;
case "resources/list":
case "resources/templates/list":
case "resources/read":
if (!this._capabilities.resources) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support resources (required for ${method})`);
break;
case "tools/call":
case "tools/list":
if (!this._capabilities.tools) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support tools (required for ${method})`);
break;
}
}
async _oninitialize(request) {
const requestedVersion = request.params.protocolVersion;
this._clientCapabilities = request.params.capabilities;
this._clientVersion = request.params.clientInfo;
const legacyVersions = legacyProtocolVersions(this._supportedProtocolVersions);
const protocolVersion = legacyVersions.includes(requestedVersion) ? requestedVersion : legacyVersions[0] ?? LATEST_PROTOCOL_VERSION;
this._negotiatedProtocolVersion = protocolVersion;
this.transport?.setProtocolVersion?.(protocolVersion);
return {
protocolVersion,
capabilities: this.getCapabilities(),
serverInfo: this._serverInfo,
...this._instructions && { instructions: this._instructions }
};
}
_ondiscover() {
return {
supportedVersions: modernProtocolVersions(this._supportedProtocolVersions),
capabilities: discoverAdvertisedCapabilities(this.getCapabilities()),
...this._instructions && { instructions: this._instructions }
};
}
_outboundServerInfo() {
return this._serverInfo;
}
getClientCapabilities() {
return this._clientCapabilities;
}
getClientVersion() {
return this._clientVersion;
}
getNegotiatedProtocolVersion() {
return this._negotiatedProtocolVersion;
}
projectCallToolResult(result, advertisedOutputSchema) {
return this._wireCodec().projectCallToolResult(result, advertisedOutputSchema);
}
getCapabilities() {
return this._capabilities;
}
async ping() {
this._assertPushApiInServedEra("ping");
return this.request({ method: "ping" });
}
async createMessage(params, options) {
this._assertPushApiInServedEra("sampling/createMessage");
if ((params.tools || params.toolChoice) && !this._clientCapabilities?.sampling?.tools) throw new SdkError(SdkErrorCode.CapabilityNotSupported, "Client does not support sampling tools capability.");
if (params.messages.length > 0) {
const lastMessage = params.messages.at(-1);
const lastContent = Array.isArray(lastMessage.content) ? lastMessage.content : [lastMessage.content];
const hasToolResults = lastContent.some((c) => c.type === "tool_result");
const previousMessage = params.messages.length > 1 ? params.messages.at(-2) : void 0;
const previousContent = previousMessage ? Array.isArray(previousMessage.content) ? previousMessage.content : [previousMessage.content] : [];
const hasPreviousToolUse = previousContent.some((c) => c.type === "tool_use");
if (hasToolResults) {
if (lastContent.some((c) => c.type !== "tool_result")) throw new ProtocolError(ProtocolErrorCode.InvalidParams, "The last message must contain only tool_result content if any is present");
if (!hasPreviousToolUse) throw new ProtocolError(ProtocolErrorCode.InvalidParams, "tool_result blocks are not matching any tool_use from the previous message");
}
if (hasPreviousToolUse) {
const toolUseIds = new Set(previousContent.filter((c) => c.type === "tool_use").map((c) => c.id));
const toolResultIds = new Set(lastContent.filter((c) => c.type === "tool_result").map((c) => c.toolUseId));
if (toolUseIds.size !== toolResultIds.size || ![...toolUseIds].every((id) => toolResultIds.has(id))) throw new ProtocolError(ProtocolErrorCode.InvalidParams, "ids of tool_result blocks and tool_use blocks from previous message do not match");
}
}
const hasTools = Boolean(params.tools || params.toolChoice);
const wide = await this.request({
method: "sampling/createMessage",
params
}, options);
const outcome = this._wireCodec().samplingResultVariant(hasTools, wide);
if (!outcome.ok) throw new SdkError(SdkErrorCode.InvalidResult, `Invalid sampling/createMessage result: ${outcome.reason === "invalid" ? outcome.message : outcome.reason}`);
return outcome.value;
}
async elicitInput(params, options) {
this._assertPushApiInServedEra("elicitation/create");
switch (params.mode ?? "form") {
case "url":
if (!this._clientCapabilities?.elicitation?.url) throw new SdkError(SdkErrorCode.CapabilityNotSupported, "Client does not support url elicitation.");
break;
case "form":
if (!this._clientCapabilities?.elicitation?.form) throw new SdkError(SdkErrorCode.CapabilityNotSupported, "Client does not support form elicitation.");
break;
}
return this._sendElicitationLeg(params, options);
}
async _sendElicitationLeg(params, options, behavior) {
const mode = params.mode ?? "form";
const validateAcceptedContent = behavior?.validateAcceptedContent ?? true;
switch (mode) {
case "url": {
const urlParams = params;
return this.request({
method: "elicitation/create",
params: urlParams
}, options);
}
case "form": {
const formParams = params.mode === "form" ? params : {
...params,
mode: "form"
};
const result = await this.request({
method: "elicitation/create",
params: formParams
}, options);
if (validateAcceptedContent && result.action === "accept" && result.content && formParams.requestedSchema) try {
const validationResult = this._jsonSchemaValidator.getValidator(formParams.requestedSchema)(result.content);
if (!validationResult.valid) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Elicitation response content does not match requested schema: ${validationResult.errorMessage}`);
} catch (error) {
if (error instanceof ProtocolError) throw error;
throw new ProtocolError(ProtocolErrorCode.InternalError, `Error validating elicitation response: ${error instanceof Error ? error.message : String(error)}`);
}
return result;
}
}
}
createElicitationCompletionNotifier(elicitationId, options) {
if (!this._clientCapabilities?.elicitation?.url) throw new SdkError(SdkErrorCode.CapabilityNotSupported, "Client does not support URL elicitation (required for notifications/elicitation/complete)");
return () => this.notification({
method: "notifications/elicitation/complete",
params: { elicitationId }
}, options);
}
async listRoots(params, options) {
this._assertPushApiInServedEra("roots/list");
return this.request({
method: "roots/list",
params
}, options);
}
async sendLoggingMessage(params, sessionId) {
if (this._capabilities.logging && !this.isMessageIgnored(params.level, sessionId)) return this.notification({
method: "notifications/message",
params
});
}
async sendResourceUpdated(params) {
return this.notification({
method: "notifications/resources/updated",
params
});
}
async sendResourceListChanged() {
return this.notification({ method: "notifications/resources/list_changed" });
}
async sendToolListChanged() {
return this.notification({ method: "notifications/tools/list_changed" });
}
async sendPromptListChanged() {
return this.notification({ method: "notifications/prompts/list_changed" });
}
};
function discoverAdvertisedCapabilities(capabilities) {
return { ...capabilities };
}
function toolInputElementCount(value, max) {
let count = 0;
const stack = [value];
while (stack.length > 0) {
const node = stack.pop();
if (node === null || typeof node !== "object") continue;
if (Array.isArray(node)) for (const child of node) {
if (++count > max) return count;
if (child !== null && typeof child === "object") stack.push(child);
}
else for (const key in node) {
if (!Object.prototype.hasOwnProperty.call(node, key)) continue;
if (++count > max) return count;
const child = node[key];
if (child !== null && typeof child === "object") stack.push(child);
}
}
return count;
}
function resolveMaxToolInputElements(value) {
if (value === void 0 || value === Infinity) return void 0;
if (typeof value !== "number" || Number.isNaN(value) || value < 1) throw new RangeError(`maxToolInputElements must be a number of at least 1, or Infinity, got ${String(value)}`);
return value;
}
var McpServer = class {
server;
_maxToolInputElements;
_registeredResources = {};
_registeredResourceTemplates = {};
_registeredTools = {};
_registeredPrompts = {};
_toolInputSchemaJson = {};
toolInputSchemaJson(name) {
const tool = this._registeredTools[name];
if (tool === void 0 || !tool.enabled) return void 0;
if (Object.hasOwn(this._toolInputSchemaJson, name)) return this._toolInputSchemaJson[name];
if (tool.inputSchema === void 0) return EMPTY_OBJECT_JSON_SCHEMA;
try {
const json = standardSchemaToJsonSchema(tool.inputSchema, "input");
this._toolInputSchemaJson[name] = json;
return json;
} catch {
return;
}
}
constructor(serverInfo, options) {
this.server = new Server(serverInfo, options);
this._maxToolInputElements = resolveMaxToolInputElements(options?.maxToolInputElements);
if (options?.capabilities?.tools) this.setToolRequestHandlers();
if (options?.capabilities?.resources) this.setResourceRequestHandlers();
if (options?.capabilities?.prompts) this.setPromptRequestHandlers();
}
async connect(transport) {
if (supportsScopeChallengeResolver(transport)) transport.setScopeChallengeResolver((context) => this.resolveScopeChallenge(context));
return await this.server.connect(transport);
}
async close() {
await this.server.close();
}
resolveScopeChallenge = (context) => {
switch (context.request.method) {
case "tools/call": {
const toolName = context.request.params?.name;
if (typeof toolName !== "string") return;
const tool = this._registeredTools[toolName];
if (tool === void 0 || !tool.enabled) return;
return tool.scopeChallenge?.(context);
}
case "resources/read": {
const resourceUri = context.request.params?.uri;
if (typeof resourceUri !== "string") return;
let uri;
try {
uri = new URL(resourceUri);
} catch {
return;
}
const resource = this._registeredResources[uri.toString()];
if (resource !== void 0) return resource.enabled ? resource.scopeChallenge?.(context) : void 0;
for (const template of Object.values(this._registeredResourceTemplates)) if (template.resourceTemplate.uriTemplate.match(uri.toString())) return template.enabled ? template.scopeChallenge?.(context) : void 0;
return;
}
case "prompts/get": {
const promptName = context.request.params?.name;
if (typeof promptName !== "string") return;
const prompt = this._registeredPrompts[promptName];
if (prompt === void 0 || !prompt.enabled) return;
return prompt.scopeChallenge?.(context);
}
default: return;
}
};
_toolHandlersInitialized = false;
setToolRequestHandlers() {
if (this._toolHandlersInitialized) return;
this.server.assertCanSetRequestHandler("tools/list");
this.server.assertCanSetRequestHandler("tools/call");
this.server.registerCapabilities({ tools: { listChanged: this.server.getCapabilities().tools?.listChanged ?? true } });
this.server.setRequestHandler("tools/list", () => ({ tools: Object.entries(this._registeredTools).filter(([, tool]) => tool.enabled).map(([name, tool]) => {
const toolDefinition = {
name,
title: tool.title,
description: tool.description,
inputSchema: tool.inputSchema ? convertListedInputSchema(name, tool.inputSchema) : EMPTY_OBJECT_JSON_SCHEMA,
annotations: tool.annotations,
icons: tool.icons,
execution: tool.execution,
_meta: tool._meta
};
if (tool.outputSchema) toolDefinition.outputSchema = standardSchemaToJsonSchema(tool.outputSchema, "output");
return toolDefinition;
}) }));
this.server.setRequestHandler("tools/call", async (request, ctx) => {
const tool = this._registeredTools[request.params.name];
if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Tool ${request.params.name} not found`);
if (!tool.enabled) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Tool ${request.params.name} disabled`);
try {
const args = await this.validateToolInput(tool, request.params.arguments, request.params.name);
const result = await this.executeToolHandler(tool, args, ctx);
await this.validateToolOutput(tool, result, request.params.name);
if (isInputRequiredResult(result)) return result;
return this.server.projectCallToolResult(result, tool.outputSchemaJson);
} catch (error) {
if (error instanceof ProtocolError && error.code === ProtocolErrorCode.UrlElicitationRequired) throw error;
return this.createToolError(error instanceof Error ? error.message : String(error));
}
});
this._toolHandlersInitialized = true;
}
createToolError(errorMessage) {
return {
content: [{
type: "text",
text: errorMessage
}],
isError: true
};
}
async validateToolInput(tool, args, toolName) {
if (this._maxToolInputElements !== void 0 && toolInputElementCount(args, this._maxToolInputElements) > this._maxToolInputElements) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid arguments for tool ${toolName}: arguments contain more than the maximum of ${this._maxToolInputElements} elements`);
if (!tool.inputSchema) return;
const parseResult = await validateStandardSchema(tool.inputSchema, args ?? {});
if (!parseResult.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Input validation error: Invalid arguments for tool ${toolName}: ${parseResult.error}`);
return parseResult.data;
}
async validateToolOutput(tool, result, toolName) {
if (!tool.outputSchema) return;
if (isInputRequiredResult(result)) return;
if (result.isError) return;
if (result.structuredContent === void 0) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Output validation error: Tool ${toolName} has an output schema but no structured content was provided`);
const parseResult = await validateStandardSchema(tool.outputSchema, result.structuredContent);
if (!parseResult.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Output validation error: Invalid structured content for tool ${toolName}: ${parseResult.error}`);
}
async executeToolHandler(tool, args, ctx) {
return tool.executor(args, ctx);
}
_completionHandlerInitialized = false;
setCompletionRequestHandler() {
if (this._completionHandlerInitialized) return;
this.server.assertCanSetRequestHandler("completion/complete");
this.server.registerCapabilities({ completions: {} });
this.server.setRequestHandler("completion/complete", async (request) => {
switch (request.params.ref.type) {
case "ref/prompt":
assertCompleteRequestPrompt(request);
return this.handlePromptCompletion(request, request.params.ref);
case "ref/resource":
assertCompleteRequestResourceTemplate(request);
return this.handleResourceCompletion(request, request.params.ref);
default: throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid completion reference: ${request.params.ref}`);
}
});
this._completionHandlerInitialized = true;
}
async handlePromptCompletion(request, ref) {
const prompt = this._registeredPrompts[ref.name];
if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Prompt ${ref.name} not found`);
if (!prompt.enabled) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Prompt ${ref.name} disabled`);
if (!prompt.argsSchema) return EMPTY_COMPLETION_RESULT;
const field = unwrapOptionalSchema(getSchemaShape(prompt.argsSchema)?.[request.params.argument.name]);
if (!isCompletable(field)) return EMPTY_COMPLETION_RESULT;
const completer = getCompleter(field);
if (!completer) return EMPTY_COMPLETION_RESULT;
return createCompletionResult(await completer(request.params.argument.value, request.params.context));
}
async handleResourceCompletion(request, ref) {
const template = Object.values(this._registeredResourceTemplates).find((t) => t.resourceTemplate.uriTemplate.toString() === ref.uri);
if (!template) {
if (this._registeredResources[ref.uri]) return EMPTY_COMPLETION_RESULT;
throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Resource template ${request.params.ref.uri} not found`);
}
const completer = template.resourceTemplate.completeCallback(request.params.argument.name);
if (!completer) return EMPTY_COMPLETION_RESULT;
return createCompletionResult(await completer(request.params.argument.value, request.params.context));
}
_resourceHandlersInitialized = false;
setResourceRequestHandlers() {
if (this._resourceHandlersInitialized) return;
this.server.assertCanSetRequestHandler("resources/list");
this.server.assertCanSetRequestHandler("resources/templates/list");
this.server.assertCanSetRequestHandler("resources/read");
this.server.registerCapabilities({ resources: { listChanged: this.server.getCapabilities().resources?.listChanged ?? true } });
this.server.setRequestHandler("resources/list", async (_request, ctx) => {
const resources = Object.entries(this._registeredResources).filter(([_, resource]) => resource.enabled).map(([uri, resource]) => ({
uri,
name: resource.name,
...resource.metadata
}));
const templateResources = [];
for (const template of Object.values(this._registeredResourceTemplates)) {
if (!template.resourceTemplate.listCallback) continue;
const result = await template.resourceTemplate.listCallback(ctx);
for (const resource of result.resources) templateResources.push({
...template.metadata,
...resource
});
}
return { resources: [...resources, ...templateResources] };
});
this.server.setRequestHandler("resources/templates/list", async () => {
return { resourceTemplates: Object.entries(this._registeredResourceTemplates).map(([name, template]) => ({
name,
uriTemplate: template.resourceTemplate.uriTemplate.toString(),
...template.metadata
})) };
});
this.server.setRequestHandler("resources/read", async (request, ctx) => {
let uri;
try {
uri = new URL(request.params.uri);
} catch {
throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Resource URI ${request.params.uri} is invalid`, {
uri: request.params.uri,
reason: "invalid_uri"
});
}
const resource = this._registeredResources[uri.toString()];
if (resource) {
if (!resource.enabled) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Resource ${uri} disabled`);
return attachCacheHintFallback(await resource.readCallback(uri, ctx), resource.cacheHint);
}
for (const template of Object.values(this._registeredResourceTemplates)) {
const variables = template.resourceTemplate.uriTemplate.match(uri.toString());
if (variables) {
if (!template.enabled) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Resource template ${template.resourceTemplate.uriTemplate} disabled`);
return attachCacheHintFallback(await template.readCallback(uri, variables, ctx), template.cacheHint);
}
}
throw new ResourceNotFoundError(request.params.uri);
});
this._resourceHandlersInitialized = true;
}
_promptHandlersInitialized = false;
setPromptRequestHandlers() {
if (this._promptHandlersInitialized) return;
this.server.assertCanSetRequestHandler("prompts/list");
this.server.assertCanSetRequestHandler("prompts/get");
this.server.registerCapabilities({ prompts: { listChanged: this.server.getCapabilities().prompts?.listChanged ?? true } });
this.server.setRequestHandler("prompts/list", () => ({ prompts: Object.entries(this._registeredPrompts).filter(([, prompt]) => prompt.enabled).map(([name, prompt]) => {
return {
name,
title: prompt.title,
description: prompt.description,
arguments: prompt.argsSchema ? promptArgumentsFromStandardSchema(prompt.argsSchema) : void 0,
icons: prompt.icons,
_meta: prompt._meta
};
}) }));
this.server.setRequestHandler("prompts/get", async (request, ctx) => {
const prompt = this._registeredPrompts[request.params.name];
if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Prompt ${request.params.name} not found`);
if (!prompt.enabled) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Prompt ${request.params.name} disabled`);
return prompt.handler(request.params.arguments, ctx);
});
this._promptHandlersInitialized = true;
}
registerResource(name, uriOrTemplate, config, readCallback) {
const { cacheHint, scopeChallenge, ...resourceMetadata } = config;
const metadata = resourceMetadata;
if (cacheHint !== void 0) assertValidCacheHint(cacheHint, `resource ${name}`);
if (typeof uriOrTemplate === "string") {
if (this._registeredResources[uriOrTemplate]) throw new Error(`Resource ${uriOrTemplate} is already registered`);
const registeredResource = this._createRegisteredResource(name, config.title, uriOrTemplate, metadata, scopeChallenge, readCallback);
if (cacheHint !== void 0) registeredResource.cacheHint = cacheHint;
this.setResourceRequestHandlers();
this.sendResourceListChanged();
return registeredResource;
} else {
if (this._registeredResourceTemplates[name]) throw new Error(`Resource template ${name} is already registered`);
const registeredResourceTemplate = this._createRegisteredResourceTemplate(name, config.title, uriOrTemplate, metadata, scopeChallenge, readCallback);
if (cacheHint !== void 0) registeredResourceTemplate.cacheHint = cacheHint;
this.setResourceRequestHandlers();
this.sendResourceListChanged();
return registeredResourceTemplate;
}
}
_createRegisteredResource(name, title, uri, metadata, scopeChallenge, readCallback) {
const registeredResource = {
name,
title,
metadata,
readCallback,
scopeChallenge,
enabled: true,
disable: () => registeredResource.update({ enabled: false }),
enable: () => registeredResource.update({ enabled: true }),
remove: () => registeredResource.update({ uri: null }),
update: (updates) => {
if (updates.uri !== void 0 && updates.uri !== uri) {
delete this._registeredResources[uri];
if (updates.uri) this._registeredResources[updates.uri] = registeredResource;
}
if (updates.name !== void 0) registeredResource.name = updates.name;
if (updates.metadata !== void 0) registeredResource.metadata = updates.metadata;
if (updates.title !== void 0) {
registeredResource.title = updates.title;
registeredResource.metadata = {
...registeredResource.metadata,
title: updates.title
};
}
if (updates.callback !== void 0) registeredResource.readCallback = updates.callback;
if (updates.scopeChallenge !== void 0) registeredResource.scopeChallenge = updates.scopeChallenge === null ? void 0 : updates.scopeChallenge;
if (updates.enabled !== void 0) registeredResource.enabled = updates.enabled;
this.sendResourceListChanged();
}
};
this._registeredResources[uri] = registeredResource;
return registeredResource;
}
_createRegisteredResourceTemplate(name, title, template, metadata, scopeChallenge, readCallback) {
const registeredResourceTemplate = {
resourceTemplate: template,
title,
metadata,
readCallback,
scopeChallenge,
enabled: true,
disable: () => registeredResourceTemplate.update({ enabled: false }),
enable: () => registeredResourceTemplate.update({ enabled: true }),
remove: () => registeredResourceTemplate.update({ name: null }),
update: (updates) => {
if (updates.name !== void 0 && updates.name !== name) {
delete this._registeredResourceTemplates[name];
if (updates.name) this._registeredResourceTemplates[updates.name] = registeredResourceTemplate;
}
if (updates.template !== void 0) registeredResourceTemplate.resourceTemplate = updates.template;
if (updates.metadata !== void 0) registeredResourceTemplate.metadata = updates.metadata;
if (updates.title !== void 0) {
registeredResourceTemplate.title = updates.title;
registeredResourceTemplate.metadata = {
...registeredResourceTemplate.metadata,
title: updates.title
};
}
if (updates.callback !== void 0) registeredResourceTemplate.readCallback = updates.callback;
if (updates.scopeChallenge !== void 0) registeredResourceTemplate.scopeChallenge = updates.scopeChallenge === null ? void 0 : updates.scopeChallenge;
if (updates.enabled !== void 0) registeredResourceTemplate.enabled = updates.enabled;
this.sendResourceListChanged();
}
};
this._registeredResourceTemplates[name] = registeredResourceTemplate;
const variableNames = template.uriTemplate.variableNames;
if (Array.isArray(variableNames) && variableNames.some((v) => !!template.completeCallback(v))) this.setCompletionRequestHandler();
return registeredResourceTemplate;
}
_createRegisteredPrompt(name, title, description, argsSchema, callback, icons, scopeChallenge, _meta) {
let currentArgsSchema = argsSchema;
let currentCallback = callback;
const registeredPrompt = {
title,
description,
argsSchema,
icons,
scopeChallenge,
_meta,
handler: createPromptHandler(name, argsSchema, callback),
enabled: true,
disable: () => registeredPrompt.update({ enabled: false }),
enable: () => registeredPrompt.update({ enabled: true }),
remove: () => registeredPrompt.update({ name: null }),
update: (updates) => {
if (updates.name !== void 0 && updates.name !== name) {
delete this._registeredPrompts[name];
if (updates.name) this._registeredPrompts[updates.name] = registeredPrompt;
}
if (updates.title !== void 0) registeredPrompt.title = updates.title;
if (updates.description !== void 0) registeredPrompt.description = updates.description;
if (updates.icons !== void 0) registeredPrompt.icons = updates.icons;
if (updates.scopeChallenge !== void 0) registeredPrompt.scopeChallenge = updates.scopeChallenge === null ? void 0 : updates.scopeChallenge;
if (updates._meta !== void 0) registeredPrompt._meta = updates._meta;
let needsHandlerRegen = false;
if (updates.argsSchema !== void 0) {
registeredPrompt.argsSchema = updates.argsSchema;
currentArgsSchema = updates.argsSchema;
needsHandlerRegen = true;
}
if (updates.callback !== void 0) {
currentCallback = updates.callback;
needsHandlerRegen = true;
}
if (needsHandlerRegen) registeredPrompt.handler = createPromptHandler(name, currentArgsSchema, currentCallback);
if (updates.enabled !== void 0) registeredPrompt.enabled = updates.enabled;
this.sendPromptListChanged();
}
};
this._registeredPrompts[name] = registeredPrompt;
if (argsSchema) {
const shape = getSchemaShape(argsSchema);
if (shape) {
if (Object.values(shape).some((field) => {
return isCompletable(unwrapOptionalSchema(field));
})) this.setCompletionRequestHandler();
}
}
return registeredPrompt;
}
_createRegisteredTool(name, title, description, inputSchema, outputSchema, annotations, icons, execution, scopeChallenge, _meta, handler) {
validateAndWarnToolName(name);
let currentHandler = handler;
let outputSchemaJson;
const registeredTool = {
title,
description,
inputSchema,
outputSchema,
get outputSchemaJson() {
return outputSchemaJson ??= convertOutputSchemaJson(registeredTool.outputSchema);
},
set outputSchemaJson(value) {
outputSchemaJson = value;
},
annotations,
icons,
execution,
scopeChallenge,
_meta,
handler,
executor: createToolExecutor(inputSchema, handler),
enabled: true,
disable: () => registeredTool.update({ enabled: false }),
enable: () => registeredTool.update({ enabled: true }),
remove: () => registeredTool.update({ name: null }),
update: (updates) => {
if (updates.name !== void 0 && updates.name !== name) {
if (typeof updates.name === "string") validateAndWarnToolName(updates.name);
delete this._registeredTools[name];
delete this._toolInputSchemaJson[name];
if (updates.name) {
delete this._toolInputSchemaJson[updates.name];
this._registeredTools[updates.name] = registeredTool;
name = updates.name;
}
}
if (updates.title !== void 0) registeredTool.title = updates.title;
if (updates.description !== void 0) registeredTool.description = updates.description;
let needsExecutorRegen = false;
if (updates.paramsSchema !== void 0) {
registeredTool.inputSchema = updates.paramsSchema;
delete this._toolInputSchemaJson[name];
needsExecutorRegen = true;
}
if (updates.callback !== void 0) {
registeredTool.handler = updates.callback;
currentHandler = updates.callback;
needsExecutorRegen = true;
}
if (needsExecutorRegen) registeredTool.executor = createToolExecutor(registeredTool.inputSchema, currentHandler);
if (updates.outputSchema !== void 0) {
registeredTool.outputSchema = updates.outputSchema;
registeredTool.outputSchemaJson = convertOutputSchemaJson(updates.outputSchema);
}
if (updates.annotations !== void 0) registeredTool.annotations = updates.annotations;
if (updates.icons !== void 0) registeredTool.icons = updates.icons;
if (updates.scopeChallenge !== void 0) registeredTool.scopeChallenge = updates.scopeChallenge === null ? void 0 : updates.scopeChallenge;
if (updates._meta !== void 0) registeredTool._meta = updates._meta;
if (updates.enabled !== void 0) registeredTool.enabled = updates.enabled;
this.sendToolListChanged();
}
};
this._registeredTools[name] = registeredTool;
this.setToolRequestHandlers();
this.sendToolListChanged();
return registeredTool;
}
registerTool(name, config, cb) {
if (this._registeredTools[name]) throw new Error(`Tool ${name} is already registered`);
const { title, description, inputSchema, outputSchema, annotations, icons, scopeChallenge, _meta } = config;
return this._createRegisteredTool(name, title, description, normalizeRawShapeSchema(inputSchema), normalizeRawShapeSchema(outputSchema), annotations, icons, void 0, scopeChallenge, _meta, cb);
}
registerPrompt(name, config, cb) {
if (this._registeredPrompts[name]) throw new Error(`Prompt ${name} is already registered`);
const { title, description, argsSchema, icons, scopeChallenge, _meta } = config;
const registeredPrompt = this._createRegisteredPrompt(name, title, description, normalizeRawShapeSchema(argsSchema), cb, icons, scopeChallenge, _meta);
this.setPromptRequestHandlers();
this.sendPromptListChanged();
return registeredPrompt;
}
isConnected() {
return this.server.transport !== void 0;
}
async sendLoggingMessage(params, sessionId) {
return this.server.sendLoggingMessage(params, sessionId);
}
sendResourceListChanged() {
if (this.isConnected()) this.server.sendResourceListChanged();
}
sendToolListChanged() {
if (this.isConnected()) this.server.sendToolListChanged();
}
sendPromptListChanged() {
if (this.isConnected()) this.server.sendPromptListChanged();
}
};
var ResourceTemplate = class {
_uriTemplate;
constructor(uriTemplate, _callbacks) {
this._callbacks = _callbacks;
this._uriTemplate = typeof uriTemplate === "string" ? new UriTemplate(uriTemplate) : uriTemplate;
}
get uriTemplate() {
return this._uriTemplate;
}
get listCallback() {
return this._callbacks.list;
}
completeCallback(variable) {
return this._callbacks.complete?.[variable];
}
};
function createToolExecutor(inputSchema, handler) {
if (inputSchema) {
const callback$1 = handler;
return async (args, ctx) => callback$1(args, ctx);
}
const callback = handler;
return async (_args, ctx) => callback(ctx);
}
const EMPTY_OBJECT_JSON_SCHEMA = {
type: "object",
properties: {}
};
function convertListedInputSchema(name, inputSchema) {
const json = standardSchemaToJsonSchema(inputSchema, "input");
const scan = scanXMcpHeaderDeclarations(json);
if (!scan.valid) console.warn(`[mcp-sdk] tool '${name}' carries an invalid x-mcp-header declaration and will be excluded by conforming Streamable HTTP clients: ${scan.reason}`);
return json;
}
function convertOutputSchemaJson(outputSchema) {
if (outputSchema === void 0) return void 0;
try {
return standardSchemaToJsonSchema(outputSchema, "output");
} catch {
return;
}
}
function createPromptHandler(name, argsSchema, callback) {
if (argsSchema) {
const typedCallback = callback;
return async (args, ctx) => {
const parseResult = await validateStandardSchema(argsSchema, args ?? {});
if (!parseResult.success) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid arguments for prompt ${name}: ${parseResult.error}`);
return typedCallback(parseResult.data, ctx);
};
} else {
const typedCallback = callback;
return async (_args, ctx) => {
return typedCallback(ctx);
};
}
}
function createCompletionResult(suggestions) {
return { completion: {
values: suggestions.map(String).slice(0, 100),
total: suggestions.length,
hasMore: suggestions.length > 100
} };
}
const EMPTY_COMPLETION_RESULT = { completion: {
values: [],
hasMore: false
} };
function getSchemaShape(schema) {
const candidate = schema;
if (candidate.shape && typeof candidate.shape === "object") return candidate.shape;
}
function isOptionalSchema(schema) {
return schema?.type === "optional";
}
function unwrapOptionalSchema(schema) {
if (!isOptionalSchema(schema)) return schema;
return schema.def?.innerType ?? schema;
}
var InMemoryServerEventBus = class {
_listeners =   new Set();
constructor(onerror) {
this.onerror = onerror;
}
publish(event) {
for (const listener of this._listeners) try {
listener(event);
} catch (error) {
this.onerror?.(error instanceof Error ? error : new Error(String(error)));
}
}
subscribe(listener) {
this._listeners.add(listener);
let live = true;
return () => {
if (!live) return;
live = false;
this._listeners.delete(listener);
};
}
get listenerCount() {
return this._listeners.size;
}
};
function createServerNotifier(bus) {
return {
toolsChanged: () => bus.publish({ kind: "tools_list_changed" }),
promptsChanged: () => bus.publish({ kind: "prompts_list_changed" }),
resourcesChanged: () => bus.publish({ kind: "resources_list_changed" }),
resourceUpdated: (uri) => bus.publish({
kind: "resource_updated",
uri
})
};
}
function listenFilterAccepts(filter, event) {
switch (event.kind) {
case "tools_list_changed": return filter.toolsListChanged === true;
case "prompts_list_changed": return filter.promptsListChanged === true;
case "resources_list_changed": return filter.resourcesListChanged === true;
case "resource_updated": return filter.resourceSubscriptions !== void 0 && filter.resourceSubscriptions.includes(event.uri);
}
}
function honoredSubset(requested, capabilities) {
const honored = {};
const allow = (bit) => capabilities === void 0 || bit === true;
if (requested.toolsListChanged === true && allow(capabilities?.tools?.listChanged)) honored.toolsListChanged = true;
if (requested.promptsListChanged === true && allow(capabilities?.prompts?.listChanged)) honored.promptsListChanged = true;
if (requested.resourcesListChanged === true && allow(capabilities?.resources?.listChanged)) honored.resourcesListChanged = true;
if (requested.resourceSubscriptions !== void 0 && requested.resourceSubscriptions.length > 0 && allow(capabilities?.resources?.subscribe)) honored.resourceSubscriptions = [...requested.resourceSubscriptions];
return honored;
}
function serverEventToNotification(event) {
switch (event.kind) {
case "tools_list_changed": return {
method: "notifications/tools/list_changed",
...event.params !== void 0 && { params: event.params }
};
case "prompts_list_changed": return {
method: "notifications/prompts/list_changed",
...event.params !== void 0 && { params: event.params }
};
case "resources_list_changed": return {
method: "notifications/resources/list_changed",
...event.params !== void 0 && { params: event.params }
};
case "resource_updated": return {
method: "notifications/resources/updated",
params: {
...event.params,
uri: event.uri
}
};
}
}
const DEFAULT_MAX_SUBSCRIPTIONS = 1024;
function jsonRpcError(id, code, message) {
return Response.json({
jsonrpc: "2.0",
error: {
code,
message
},
id
}, { status: 200 });
}
function stampSubscriptionId(notification, subscriptionId) {
return {
method: notification.method,
params: {
...notification.params,
_meta: {
...notification.params?._meta,
[SUBSCRIPTION_ID_META_KEY]: subscriptionId
}
}
};
}
function parseListenFilter(message) {
const outcome = codecForVersion(MODERN_WIRE_REVISION).validateRequest("subscriptions/listen", message);
return outcome.ok ? outcome.value.params?.notifications : void 0;
}
function createListenRouter(options) {
const { bus, onerror } = options;
const maxSubscriptions = options.maxSubscriptions ?? DEFAULT_MAX_SUBSCRIPTIONS;
const keepAliveMs = options.keepAliveMs ?? DEFAULT_SSE_KEEP_ALIVE_MS;
const open =   new Set();
function serve(message, signal, capabilities, serverInfo) {
if (open.size >= maxSubscriptions) {
onerror?.(  new Error(`subscriptions/listen refused: subscription limit reached (${maxSubscriptions})`));
return jsonRpcError(message.id, -32603, "Subscription limit reached");
}
const filter = parseListenFilter(message);
if (filter === void 0) return jsonRpcError(message.id, -32602, "Invalid params: 'notifications' is required and must be a valid SubscriptionFilter");
const honored = honoredSubset(filter, capabilities);
const subscriptionId = message.id;
const encoder = new TextEncoder();
let controller;
let closed = false;
let unsubscribe;
let keepAliveTimer;
let abortCleanup;
const writeFrame = (frame) => {
if (closed) return;
try {
controller.enqueue(encoder.encode(frame));
} catch (error) {
onerror?.(error instanceof Error ? error : new Error(String(error)));
}
};
const writeNotification = (method, params) => {
writeFrame(`event: message\ndata: ${JSON.stringify({
jsonrpc: "2.0",
method,
params
})}\n\n`);
};
const teardown = (graceful) => {
if (closed) return;
if (graceful) writeFrame(`event: message\ndata: ${JSON.stringify({
jsonrpc: "2.0",
id: subscriptionId,
result: {
resultType: "complete",
_meta: {
[SUBSCRIPTION_ID_META_KEY]: subscriptionId,
[SERVER_INFO_META_KEY]: serverInfo
}
}
})}\n\n`);
closed = true;
try {
unsubscribe?.();
} catch (error) {
onerror?.(error instanceof Error ? error : new Error(String(error)));
}
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
abortCleanup?.();
open.delete(teardown);
try {
controller.close();
} catch {}
};
const readable = new ReadableStream({
start(streamController) {
controller = streamController;
const ack = stampSubscriptionId({
method: "notifications/subscriptions/acknowledged",
params: { notifications: honored }
}, subscriptionId);
writeNotification(ack.method, ack.params);
if (Object.keys(honored).length === 0) {
teardown(true);
return;
}
unsubscribe = bus.subscribe((event) => {
if (closed || !listenFilterAccepts(honored, event)) return;
const note = stampSubscriptionId(serverEventToNotification(event), subscriptionId);
writeNotification(note.method, note.params);
});
keepAliveTimer = armSseKeepAlive(keepAliveMs, () => writeFrame(": keepalive\n\n"));
open.add(teardown);
},
cancel() {
teardown(false);
}
});
if (signal !== void 0) if (signal.aborted) teardown(false);
else {
const onAbort = () => teardown(false);
signal.addEventListener("abort", onAbort, { once: true });
abortCleanup = () => signal.removeEventListener("abort", onAbort);
}
return new Response(readable, {
status: 200,
headers: {
"Content-Type": "text/event-stream",
"Cache-Control": "no-cache, no-transform",
Connection: "keep-alive",
"X-Accel-Buffering": "no"
}
});
}
return {
serve,
closeAll() {
for (const teardown of open) teardown(true);
},
get openCount() {
return open.size;
}
};
}
async function invoke(server, message, ctx) {
const transport = new PerRequestHTTPServerTransport({
classification: ctx.classification,
...ctx.responseMode !== void 0 && { responseMode: ctx.responseMode },
...ctx.keepAliveMs !== void 0 && { keepAliveMs: ctx.keepAliveMs }
});
await server.connect(transport);
return transport.handleMessage(message, {
...ctx.request !== void 0 && { request: ctx.request },
...ctx.authInfo !== void 0 && { authInfo: ctx.authInfo }
});
}
const DEFAULT_MAX_REQUEST_BODY_SIZE = 4 * 1024 * 1024;
const MAX_BATCH_SIZE = 100;
function requestBodyTooLargeMessage(maxBytes) {
return `Payload Too Large: Request body must not exceed ${maxBytes} bytes`;
}
function resolveMaxRequestBodySize(value) {
if (value === void 0) return DEFAULT_MAX_REQUEST_BODY_SIZE;
if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) throw new RangeError(`maxRequestBodySize must be a positive number of bytes, got ${String(value)}`);
return value;
}
async function readRequestBody(request, maxBytes = DEFAULT_MAX_REQUEST_BODY_SIZE) {
if (Number(request.headers.get("content-length")) > maxBytes) return { tooLarge: true };
if (request.body === null) return {
tooLarge: false,
text: ""
};
const reader = request.body.getReader();
const decoder = new TextDecoder();
let received = 0;
let text = "";
try {
for (;;) {
const { done, value } = await reader.read();
if (done) break;
received += value.byteLength;
if (received > maxBytes) return { tooLarge: true };
text += decoder.decode(value, { stream: true });
}
} finally {
reader.releaseLock();
}
return {
tooLarge: false,
text: text + decoder.decode()
};
}
var WebStandardStreamableHTTPServerTransport = class {
sessionIdGenerator;
_started = false;
_hasHandledRequest = false;
_closed = false;
_streamMapping =   new Map();
_requestToStreamMapping =   new Map();
_requestResponseMap =   new Map();
_initialized = false;
_enableJsonResponse = false;
_standaloneSseStreamId = "_GET_stream";
_eventStore;
_onsessioninitialized;
_onsessionclosed;
_allowedHosts;
_allowedOrigins;
_enableDnsRebindingProtection;
_retryInterval;
_supportedProtocolVersions;
_keepAliveMs;
_maxRequestBodySize;
_scopeChallengeResolver;
sessionId;
onclose;
onerror;
onmessage;
constructor(options = {}) {
this.sessionIdGenerator = options.sessionIdGenerator;
this._enableJsonResponse = options.enableJsonResponse ?? false;
this._eventStore = options.eventStore;
this._onsessioninitialized = options.onsessioninitialized;
this._onsessionclosed = options.onsessionclosed;
this._allowedHosts = options.allowedHosts;
this._allowedOrigins = options.allowedOrigins;
this._enableDnsRebindingProtection = options.enableDnsRebindingProtection ?? false;
this._retryInterval = options.retryInterval;
this._supportedProtocolVersions = options.supportedProtocolVersions ?? SUPPORTED_PROTOCOL_VERSIONS;
this._keepAliveMs = options.keepAliveMs ?? DEFAULT_SSE_KEEP_ALIVE_MS;
this._maxRequestBodySize = resolveMaxRequestBodySize(options.maxRequestBodySize);
}
startKeepAlive(controller, encoder) {
if (this._closed) return void 0;
const timer = armSseKeepAlive(this._keepAliveMs, () => {
try {
controller.enqueue(encoder.encode(": keepalive\n\n"));
} catch {
if (timer !== void 0) clearInterval(timer);
}
});
return timer;
}
setScopeChallengeResolver(resolver) {
this._scopeChallengeResolver = resolver;
}
async start() {
if (this._started) throw new Error("Transport already started");
this._started = true;
}
setSupportedProtocolVersions(versions) {
this._supportedProtocolVersions = versions;
}
createJsonErrorResponse(status, code, message, options) {
const error = {
code,
message
};
if (options?.data !== void 0) error.data = options.data;
return Response.json({
jsonrpc: "2.0",
error,
id: null
}, {
status,
headers: {
"Content-Type": "application/json",
...options?.headers
}
});
}
async _checkScopeChallenge(messages, authInfo) {
if (!this._scopeChallengeResolver) return;
const challenge = await findScopeChallenge(messages.filter((message) => isJSONRPCRequest(message)), authInfo, this._scopeChallengeResolver);
return challenge === void 0 ? void 0 : createScopeChallengeResponse(challenge, scopeChallengeResourceMetadataUrl(authInfo));
}
validateRequestHeaders(req) {
if (!this._enableDnsRebindingProtection) return;
if (this._allowedHosts && this._allowedHosts.length > 0) {
const hostHeader = req.headers.get("host");
if (!hostHeader || !this._allowedHosts.includes(hostHeader)) {
const error = `Invalid Host header: ${hostHeader}`;
this.onerror?.(new Error(error));
return this.createJsonErrorResponse(403, -32e3, error);
}
}
if (this._allowedOrigins && this._allowedOrigins.length > 0) {
const originHeader = req.headers.get("origin");
if (originHeader && !this._allowedOrigins.includes(originHeader)) {
const error = `Invalid Origin header: ${originHeader}`;
this.onerror?.(new Error(error));
return this.createJsonErrorResponse(403, -32e3, error);
}
}
}
async handleRequest(req, options) {
if (this._closed) return this.createJsonErrorResponse(404, -32001, "Session not found");
if (!this.sessionIdGenerator && this._hasHandledRequest) throw new Error("Stateless transport cannot be reused across requests. Create a new transport per request.");
this._hasHandledRequest = true;
const validationError = this.validateRequestHeaders(req);
if (validationError) return validationError;
switch (req.method) {
case "POST": return this.handlePostRequest(req, options);
case "GET": return this.handleGetRequest(req);
case "DELETE": return this.handleDeleteRequest(req);
default: return this.handleUnsupportedRequest();
}
}
supportsEmptySSEData(protocolVersion) {
return this._supportedProtocolVersions.includes(protocolVersion) && protocolVersion >= "2025-11-25";
}
async writePrimingEvent(controller, encoder, streamId, protocolVersion) {
if (!this._eventStore) return;
if (!this.supportsEmptySSEData(protocolVersion)) return;
const primingEventId = await this._eventStore.storeEvent(streamId, {});
let primingEvent = `id: ${primingEventId}\ndata: \n\n`;
if (this._retryInterval !== void 0) primingEvent = `id: ${primingEventId}\nretry: ${this._retryInterval}\ndata: \n\n`;
controller.enqueue(encoder.encode(primingEvent));
}
async handleGetRequest(req) {
if (!req.headers.get("accept")?.includes("text/event-stream")) {
this.onerror?.(  new Error("Not Acceptable: Client must accept text/event-stream"));
return this.createJsonErrorResponse(406, -32e3, "Not Acceptable: Client must accept text/event-stream");
}
const sessionError = this.validateSession(req);
if (sessionError) return sessionError;
const protocolError = this.validateProtocolVersion(req);
if (protocolError) return protocolError;
if (this._eventStore) {
const lastEventId = req.headers.get("last-event-id");
if (lastEventId) return this.replayEvents(lastEventId);
}
if (this._streamMapping.get(this._standaloneSseStreamId) !== void 0) {
this.onerror?.(  new Error("Conflict: Only one SSE stream is allowed per session"));
return this.createJsonErrorResponse(409, -32e3, "Conflict: Only one SSE stream is allowed per session");
}
const encoder = new TextEncoder();
let streamController;
let keepAliveTimer;
const readable = new ReadableStream({
start: (controller) => {
streamController = controller;
},
cancel: () => {
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
if (this._streamMapping.get(this._standaloneSseStreamId)?.controller === streamController) this._streamMapping.delete(this._standaloneSseStreamId);
}
});
const headers = {
"Content-Type": "text/event-stream",
"Cache-Control": "no-cache, no-transform",
Connection: "keep-alive",
"X-Accel-Buffering": "no"
};
if (this.sessionId !== void 0) headers["mcp-session-id"] = this.sessionId;
this._streamMapping.set(this._standaloneSseStreamId, {
controller: streamController,
encoder,
cleanup: () => {
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
this._streamMapping.delete(this._standaloneSseStreamId);
try {
streamController.close();
} catch {}
}
});
keepAliveTimer = this.startKeepAlive(streamController, encoder);
return new Response(readable, { headers });
}
async replayEvents(lastEventId) {
if (!this._eventStore) {
this.onerror?.(  new Error("Event store not configured"));
return this.createJsonErrorResponse(400, -32e3, "Event store not configured");
}
try {
let streamId;
if (this._eventStore.getStreamIdForEventId) {
streamId = await this._eventStore.getStreamIdForEventId(lastEventId);
if (!streamId) {
this.onerror?.(  new Error("Invalid event ID format"));
return this.createJsonErrorResponse(400, -32e3, "Invalid event ID format");
}
if (this._streamMapping.get(streamId) !== void 0) {
this.onerror?.(  new Error("Conflict: Stream already has an active connection"));
return this.createJsonErrorResponse(409, -32e3, "Conflict: Stream already has an active connection");
}
}
const headers = {
"Content-Type": "text/event-stream",
"Cache-Control": "no-cache, no-transform",
Connection: "keep-alive",
"X-Accel-Buffering": "no"
};
if (this.sessionId !== void 0) headers["mcp-session-id"] = this.sessionId;
const encoder = new TextEncoder();
let streamController;
let keepAliveTimer;
let cancelled = false;
let replayedStreamId;
const readable = new ReadableStream({
start: (controller) => {
streamController = controller;
},
cancel: () => {
cancelled = true;
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
if (replayedStreamId !== void 0 && this._streamMapping.get(replayedStreamId)?.controller === streamController) this._streamMapping.delete(replayedStreamId);
}
});
const replayedEventIds =   new Set();
replayedStreamId = await this._eventStore.replayEventsAfter(lastEventId, { send: async (eventId, message) => {
replayedEventIds.add(eventId);
if (!this.writeSSEEvent(streamController, encoder, message, eventId)) try {
streamController.close();
} catch {}
} });
if (this._closed || cancelled) {
try {
streamController.close();
} catch {}
return this.createJsonErrorResponse(404, -32001, "Session not found");
}
this._streamMapping.get(replayedStreamId)?.cleanup();
this._streamMapping.set(replayedStreamId, {
controller: streamController,
encoder,
replayedEventIds,
cleanup: () => {
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
this._streamMapping.delete(replayedStreamId);
try {
streamController.close();
} catch {}
}
});
if (replayedStreamId !== this._standaloneSseStreamId) {
if (![...this._requestToStreamMapping.values()].includes(replayedStreamId)) {
this._streamMapping.delete(replayedStreamId);
try {
streamController.close();
} catch {}
}
}
if (this._streamMapping.get(replayedStreamId)?.controller === streamController) keepAliveTimer = this.startKeepAlive(streamController, encoder);
return new Response(readable, { headers });
} catch (error) {
this.onerror?.(error);
return this.createJsonErrorResponse(500, -32e3, "Error replaying events");
}
}
writeSSEEvent(controller, encoder, message, eventId) {
try {
let eventData = `event: message\n`;
if (eventId) eventData += `id: ${eventId}\n`;
eventData += `data: ${JSON.stringify(message)}\n\n`;
controller.enqueue(encoder.encode(eventData));
return true;
} catch (error) {
this.onerror?.(error);
return false;
}
}
handleUnsupportedRequest() {
this.onerror?.(  new Error("Method not allowed."));
return Response.json({
jsonrpc: "2.0",
error: {
code: -32e3,
message: "Method not allowed."
},
id: null
}, {
status: 405,
headers: {
Allow: "GET, POST, DELETE",
"Content-Type": "application/json"
}
});
}
async handlePostRequest(req, options) {
try {
const acceptHeader = req.headers.get("accept");
if (!acceptHeader?.includes("application/json") || !acceptHeader.includes("text/event-stream")) {
this.onerror?.(  new Error("Not Acceptable: Client must accept both application/json and text/event-stream"));
return this.createJsonErrorResponse(406, -32e3, "Not Acceptable: Client must accept both application/json and text/event-stream");
}
if (!isJsonContentType(req.headers.get("content-type"))) {
this.onerror?.(  new Error("Unsupported Media Type: Content-Type must be application/json"));
return this.createJsonErrorResponse(415, -32e3, "Unsupported Media Type: Content-Type must be application/json");
}
const request = req;
let rawMessage;
if (options?.parsedBody === void 0) try {
const body = await readRequestBody(req, this._maxRequestBodySize);
if (body.tooLarge) {
const message = requestBodyTooLargeMessage(this._maxRequestBodySize);
this.onerror?.(new Error(message));
return this.createJsonErrorResponse(413, -32e3, message);
}
rawMessage = JSON.parse(body.text);
} catch (error) {
this.onerror?.(error);
return this.createJsonErrorResponse(400, -32700, "Parse error: Invalid JSON");
}
else rawMessage = options.parsedBody;
if (Array.isArray(rawMessage) && rawMessage.length > MAX_BATCH_SIZE) {
this.onerror?.(  new Error(`Invalid Request: Batch must not exceed ${MAX_BATCH_SIZE} messages`));
return this.createJsonErrorResponse(400, -32600, `Invalid Request: Batch must not exceed ${MAX_BATCH_SIZE} messages`);
}
let messages;
try {
messages = Array.isArray(rawMessage) ? rawMessage.map((msg) => JSONRPCMessageSchema.parse(msg)) : [JSONRPCMessageSchema.parse(rawMessage)];
} catch (error) {
this.onerror?.(error);
return this.createJsonErrorResponse(400, -32700, "Parse error: Invalid JSON-RPC message");
}
if (this._closed) return this.createJsonErrorResponse(404, -32001, "Session not found");
const isInitializationRequest = messages.some((element) => isInitializeRequest(element));
if (isInitializationRequest) {
if (this._initialized && this.sessionId !== void 0) {
this.onerror?.(  new Error("Invalid Request: Server already initialized"));
return this.createJsonErrorResponse(400, -32600, "Invalid Request: Server already initialized");
}
if (messages.length > 1) {
this.onerror?.(  new Error("Invalid Request: Only one initialization request is allowed"));
return this.createJsonErrorResponse(400, -32600, "Invalid Request: Only one initialization request is allowed");
}
this.sessionId = this.sessionIdGenerator?.();
this._initialized = true;
if (this.sessionId && this._onsessioninitialized) await Promise.resolve(this._onsessioninitialized(this.sessionId));
}
if (!isInitializationRequest) {
const sessionError = this.validateSession(req);
if (sessionError) return sessionError;
const protocolError = this.validateProtocolVersion(req);
if (protocolError) return protocolError;
}
if (this._closed) return this.createJsonErrorResponse(404, -32001, "Session not found");
let scopeChallengeResponse;
try {
scopeChallengeResponse = await this._checkScopeChallenge(messages, options?.authInfo);
} catch (error) {
this.onerror?.(error);
return this.createJsonErrorResponse(500, -32603, "Internal server error");
}
if (scopeChallengeResponse) return scopeChallengeResponse;
if (!messages.some((element) => isJSONRPCRequest(element))) {
for (const message of messages) this.onmessage?.(message, {
authInfo: options?.authInfo,
request
});
return new Response(null, { status: 202 });
}
const streamId = crypto.randomUUID();
const initRequest = messages.find((m) => isInitializeRequest(m));
const clientProtocolVersion = initRequest ? initRequest.params.protocolVersion : req.headers.get("mcp-protocol-version") ?? DEFAULT_NEGOTIATED_PROTOCOL_VERSION;
if (this._enableJsonResponse) return new Promise((resolve) => {
this._streamMapping.set(streamId, {
resolveJson: resolve,
cleanup: () => {
this._streamMapping.delete(streamId);
}
});
for (const message of messages) if (isJSONRPCRequest(message)) this._requestToStreamMapping.set(message.id, streamId);
for (const message of messages) this.onmessage?.(message, {
authInfo: options?.authInfo,
request
});
});
const encoder = new TextEncoder();
let streamController;
let keepAliveTimer;
const readable = new ReadableStream({
start: (controller) => {
streamController = controller;
},
cancel: () => {
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
if (this._streamMapping.get(streamId)?.controller === streamController) this._streamMapping.delete(streamId);
}
});
const headers = {
"Content-Type": "text/event-stream",
"Cache-Control": "no-cache, no-transform",
Connection: "keep-alive",
"X-Accel-Buffering": "no"
};
if (this.sessionId !== void 0) headers["mcp-session-id"] = this.sessionId;
for (const message of messages) if (isJSONRPCRequest(message)) {
this._streamMapping.set(streamId, {
controller: streamController,
encoder,
cleanup: () => {
if (keepAliveTimer !== void 0) clearInterval(keepAliveTimer);
this._streamMapping.delete(streamId);
try {
streamController.close();
} catch {}
}
});
this._requestToStreamMapping.set(message.id, streamId);
}
await this.writePrimingEvent(streamController, encoder, streamId, clientProtocolVersion);
for (const message of messages) {
let closeSSEStream;
let closeStandaloneSSEStream;
if (isJSONRPCRequest(message) && this._eventStore && this.supportsEmptySSEData(clientProtocolVersion)) {
closeSSEStream = () => {
this.closeSSEStream(message.id);
};
closeStandaloneSSEStream = () => {
this.closeStandaloneSSEStream();
};
}
this.onmessage?.(message, {
authInfo: options?.authInfo,
request,
closeSSEStream,
closeStandaloneSSEStream
});
}
if (this._streamMapping.get(streamId)?.controller === streamController) keepAliveTimer = this.startKeepAlive(streamController, encoder);
return new Response(readable, {
status: 200,
headers
});
} catch (error) {
this.onerror?.(error);
return this.createJsonErrorResponse(400, -32700, "Parse error", { data: String(error) });
}
}
async handleDeleteRequest(req) {
const sessionError = this.validateSession(req);
if (sessionError) return sessionError;
const protocolError = this.validateProtocolVersion(req);
if (protocolError) return protocolError;
try {
await Promise.resolve(this._onsessionclosed?.(this.sessionId));
return new Response(null, { status: 200 });
} finally {
await this.close();
}
}
validateSession(req) {
if (this.sessionIdGenerator === void 0) return;
if (!this._initialized) {
this.onerror?.(  new Error("Bad Request: Server not initialized"));
return this.createJsonErrorResponse(400, -32e3, "Bad Request: Server not initialized");
}
const sessionId = req.headers.get("mcp-session-id");
if (!sessionId) {
this.onerror?.(  new Error("Bad Request: Mcp-Session-Id header is required"));
return this.createJsonErrorResponse(400, -32e3, "Bad Request: Mcp-Session-Id header is required");
}
if (sessionId !== this.sessionId) {
this.onerror?.(  new Error("Session not found"));
return this.createJsonErrorResponse(404, -32001, "Session not found");
}
}
validateProtocolVersion(req) {
const protocolVersion = req.headers.get("mcp-protocol-version");
if (protocolVersion !== null && !this._supportedProtocolVersions.includes(protocolVersion)) {
const error = `Bad Request: Unsupported protocol version: ${protocolVersion} (supported versions: ${this._supportedProtocolVersions.join(", ")})`;
this.onerror?.(new Error(error));
return this.createJsonErrorResponse(400, -32e3, error);
}
}
async close() {
if (this._closed) return;
this._closed = true;
for (const { cleanup } of this._streamMapping.values()) cleanup();
this._streamMapping.clear();
this._requestResponseMap.clear();
this.onclose?.();
}
closeSSEStream(requestId) {
const streamId = this._requestToStreamMapping.get(requestId);
if (!streamId) return;
const stream = this._streamMapping.get(streamId);
if (stream) stream.cleanup();
}
closeStandaloneSSEStream() {
const stream = this._streamMapping.get(this._standaloneSseStreamId);
if (stream) stream.cleanup();
}
async send(message, options) {
let requestId = options?.relatedRequestId;
if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) requestId = message.id;
if (requestId === void 0) {
if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) throw new Error("Cannot send a response on a standalone SSE stream unless resuming a previous client request");
let eventId;
if (this._eventStore) eventId = await this._eventStore.storeEvent(this._standaloneSseStreamId, message);
const standaloneSse = this._streamMapping.get(this._standaloneSseStreamId);
if (standaloneSse === void 0) return;
if (standaloneSse.controller && standaloneSse.encoder && (eventId === void 0 || !standaloneSse.replayedEventIds?.has(eventId))) this.writeSSEEvent(standaloneSse.controller, standaloneSse.encoder, message, eventId);
return;
}
const streamId = this._requestToStreamMapping.get(requestId);
if (!streamId) throw new Error(`No connection established for request ID: ${String(requestId)}`);
let stream = this._streamMapping.get(streamId);
if (!this._enableJsonResponse) {
let eventId;
if (this._eventStore) {
eventId = await this._eventStore.storeEvent(streamId, message);
stream = this._streamMapping.get(streamId);
}
if (stream?.controller && stream?.encoder && (eventId === void 0 || !stream.replayedEventIds?.has(eventId))) this.writeSSEEvent(stream.controller, stream.encoder, message, eventId);
}
if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) {
this._requestResponseMap.set(requestId, message);
const relatedIds = [...this._requestToStreamMapping.entries()].filter(([_, sid]) => sid === streamId).map(([id]) => id);
if (relatedIds.every((id) => this._requestResponseMap.has(id))) {
if (!stream) {
if (this._enableJsonResponse) throw new Error(`No connection established for request ID: ${String(requestId)}`);
if (!this._eventStore) {
this.onerror?.(  new Error(`Response for request ID ${String(requestId)} is undeliverable: per-request stream is disconnected and no eventStore is configured`));
for (const id of relatedIds) {
this._requestResponseMap.delete(id);
this._requestToStreamMapping.delete(id);
}
return;
}
for (const id of relatedIds) {
this._requestResponseMap.delete(id);
this._requestToStreamMapping.delete(id);
}
return;
}
if (this._enableJsonResponse && stream.resolveJson) {
const headers = { "Content-Type": "application/json" };
if (this.sessionId !== void 0) headers["mcp-session-id"] = this.sessionId;
const responses = relatedIds.map((id) => this._requestResponseMap.get(id));
if (responses.length === 1) stream.resolveJson(Response.json(responses[0], {
status: 200,
headers
}));
else stream.resolveJson(Response.json(responses, {
status: 200,
headers
}));
stream.cleanup();
} else stream.cleanup();
for (const id of relatedIds) {
this._requestResponseMap.delete(id);
this._requestToStreamMapping.delete(id);
}
}
}
}
};
function echoableRequestId(body) {
if (body === null || typeof body !== "object" || Array.isArray(body)) return null;
const { method, id } = body;
if (typeof method !== "string") return null;
return typeof id === "string" || typeof id === "number" ? id : null;
}
function jsonRpcErrorResponse(httpStatus, code, message, data, id = null) {
return Response.json({
jsonrpc: "2.0",
error: {
code,
message,
...data !== void 0 && { data }
},
id
}, {
status: httpStatus,
...httpStatus === 405 && { headers: { Allow: "POST" } }
});
}
function rejectionResponse(rejection, id = null) {
return jsonRpcErrorResponse(rejection.httpStatus, rejection.code, rejection.message, rejection.data, id);
}
function toError(value) {
return value instanceof Error ? value : new Error(String(value));
}
function internalServerErrorResponse(id = null) {
return jsonRpcErrorResponse(500, -32603, "Internal server error", void 0, id);
}
function assertNotServing(server) {
if (server.transport !== void 0) throw new Error("The factory returned an instance that is still serving another request. Return a new instance for each request.");
}
function createLegacyStatelessFallback(factory, onerror, keepAliveMs, maxRequestBodySize) {
return async (request, options) => {
if (request.method.toUpperCase() !== "POST") return jsonRpcErrorResponse(405, -32e3, "Method not allowed.");
try {
const product = await factory({
era: "legacy",
...options?.authInfo !== void 0 && { authInfo: options.authInfo },
requestInfo: request
});
const transport = new WebStandardStreamableHTTPServerTransport({
sessionIdGenerator: void 0,
...keepAliveMs !== void 0 && { keepAliveMs },
...maxRequestBodySize !== void 0 && { maxRequestBodySize }
});
await product.connect(transport);
const teardown = () => {
transport.close().catch(() => {});
product.close().catch(() => {});
};
request.signal?.addEventListener("abort", teardown, { once: true });
const response = await transport.handleRequest(request, {
...options?.authInfo !== void 0 && { authInfo: options.authInfo },
...options?.parsedBody !== void 0 && { parsedBody: options.parsedBody }
});
if (response.body === null || mediaTypeEssence(response.headers.get("content-type")) !== "text/event-stream") {
teardown();
return response;
}
const reader = response.body.getReader();
let toreDown = false;
const completeExchange = () => {
if (!toreDown) {
toreDown = true;
teardown();
}
};
const monitoredBody = new ReadableStream({
pull: async (controller) => {
try {
const { done, value } = await reader.read();
if (done) {
completeExchange();
controller.close();
return;
}
if (value !== void 0) controller.enqueue(value);
} catch (error) {
completeExchange();
controller.error(error);
}
},
cancel: (reason) => {
completeExchange();
return reader.cancel(reason).catch(() => {});
}
});
return new Response(monitoredBody, {
status: response.status,
statusText: response.statusText,
headers: response.headers
});
} catch (error) {
try {
onerror?.(toError(error));
} catch {}
return internalServerErrorResponse(echoableRequestId(options?.parsedBody));
}
};
}
function legacyStatelessFallback(factory, onerror, options) {
return createLegacyStatelessFallback(factory, onerror, void 0, resolveMaxRequestBodySize(options?.maxRequestBodySize));
}
function standardHeadersOf(request) {
return {
protocolVersionHeader: request.headers.get("mcp-protocol-version") ?? void 0,
mcpMethodHeader: request.headers.get("mcp-method") ?? void 0,
mcpNameHeader: request.headers.get("mcp-name") ?? void 0
};
}
async function classifyEntryRequest(request, providedParsedBody, needsForward = true, maxRequestBodySize = DEFAULT_MAX_REQUEST_BODY_SIZE) {
const httpMethod = request.method.toUpperCase();
let body;
let parsedBody = providedParsedBody;
let forwardRequest = request;
let unparseable = false;
if (httpMethod === "POST") {
if (parsedBody === void 0) {
if (needsForward) forwardRequest = request.clone();
let bodyText;
try {
const read = await readRequestBody(request, maxRequestBodySize);
if (read.tooLarge) return { step: "body-too-large" };
bodyText = read.text;
} catch {
return { step: "unreadable-body" };
}
try {
body = bodyText.length === 0 ? void 0 : JSON.parse(bodyText);
} catch {
unparseable = true;
}
if (!unparseable && body !== void 0) parsedBody = body;
} else body = parsedBody;
if (unparseable || body === void 0) return {
step: "no-json-body",
forwardRequest
};
}
return {
step: "classified",
outcome: classifyInboundRequest({
httpMethod,
...standardHeadersOf(request),
...body !== void 0 && { body }
}),
body,
parsedBody,
forwardRequest
};
}
async function isLegacyRequest(request, parsedBody, options) {
const maxRequestBodySize = resolveMaxRequestBodySize(options?.maxRequestBodySize);
const classified = await classifyEntryRequest(parsedBody === void 0 && request.method.toUpperCase() === "POST" ? request.clone() : request, parsedBody, false, maxRequestBodySize);
return classified.step === "no-json-body" || classified.step === "classified" && classified.outcome.kind === "legacy";
}
function createMcpHandler(factory, options = {}) {
const { legacy, onerror, responseMode } = options;
const maxRequestBodySize = resolveMaxRequestBodySize(options.maxRequestBodySize);
if (typeof legacy === "function") throw new TypeError("The 'legacy' option only accepts 'stateless' or 'reject', not a handler function. To serve 2025-era traffic with your own handler, route in user land with the exported isLegacyRequest(request) predicate in front of a strict (legacy: 'reject') handler.");
const inflight =   new Set();
let closed = false;
const reportError = (error) => {
try {
onerror?.(error);
} catch {}
};
const bus = options.bus ?? new InMemoryServerEventBus(reportError);
const notify = createServerNotifier(bus);
const listenRouter = createListenRouter({
bus,
maxSubscriptions: options.maxSubscriptions ?? DEFAULT_MAX_SUBSCRIPTIONS,
keepAliveMs: options.keepAliveMs ?? DEFAULT_SSE_KEEP_ALIVE_MS,
onerror: reportError
});
if (responseMode === "json") console.warn("responseMode: 'json' drops mid-call notifications. subscriptions/listen streams are always served over SSE regardless; other notifications emitted before a result are dropped.");
const legacyHandler = legacy === "reject" ? void 0 : createLegacyStatelessFallback(factory, reportError, options.keepAliveMs, maxRequestBodySize);
async function serveModern(route, request, authInfo) {
const claimedRevision = route.classification.revision;
if (claimedRevision === void 0 || !SUPPORTED_MODERN_PROTOCOL_VERSIONS.includes(claimedRevision)) {
const error = new UnsupportedProtocolVersionError({
supported: [...SUPPORTED_MODERN_PROTOCOL_VERSIONS],
requested: claimedRevision ?? "unknown"
});
reportError(error);
return jsonRpcErrorResponse(400, error.code, error.message, error.data, echoableRequestId(route.message));
}
const stdHeaderRejection = validateStandardRequestHeaders({
httpMethod: request.method,
...standardHeadersOf(request)
}, route);
if (stdHeaderRejection !== void 0) {
reportError(  new Error(`Rejected inbound request (${stdHeaderRejection.cell}): ${stdHeaderRejection.message}`));
return rejectionResponse(stdHeaderRejection, echoableRequestId(route.message));
}
const meta = route.messageKind === "request" ? requestMetaOf(route.message.params) : void 0;
const declaredClientCapabilities = meta?.[CLIENT_CAPABILITIES_META_KEY];
if (route.messageKind === "request") {
const required = requiredClientCapabilitiesForRequest(route.message.method);
if (required !== void 0) {
const missing = missingClientCapabilities(required, declaredClientCapabilities);
if (missing !== void 0) {
const error = new MissingRequiredClientCapabilityError({ requiredCapabilities: missing });
reportError(error);
return jsonRpcErrorResponse(httpStatusForErrorCode(error.code), error.code, error.message, error.data, route.message.id);
}
}
}
const product = await factory({
era: "modern",
...authInfo !== void 0 && { authInfo },
requestInfo: request
});
const server = product instanceof McpServer ? product.server : product;
assertNotServing(server);
if (route.messageKind === "request" && route.message.method === "subscriptions/listen") {
const capabilities = server.getCapabilities();
const serverInfo = serverIdentityOf(server);
product.close().catch(reportError);
return listenRouter.serve(route.message, request.signal, capabilities, serverInfo);
}
if (route.messageKind === "request" && route.message.method === "tools/call" && product instanceof McpServer) {
const callParams = route.message.params;
const toolName = typeof callParams?.name === "string" ? callParams.name : void 0;
const inputSchema = toolName === void 0 ? void 0 : product.toolInputSchemaJson(toolName);
if (inputSchema !== void 0) {
const scan = scanXMcpHeaderDeclarations(inputSchema);
if (scan.declarations !== void 0 && scan.declarations.length > 0) {
const rejection = validateMcpParamHeaders(scan.declarations, callParams?.arguments, request.headers);
if (rejection !== void 0) {
product.close().catch(reportError);
reportError(  new Error(`Rejected inbound request (${rejection.cell}): ${rejection.message}`));
return rejectionResponse(rejection, route.message.id);
}
}
}
}
if (route.messageKind === "request" && product instanceof McpServer) try {
const challenge = await findScopeChallenge([route.message], authInfo, (context) => product.resolveScopeChallenge(context));
if (challenge !== void 0) {
product.close().catch(reportError);
return createScopeChallengeResponse(challenge, scopeChallengeResourceMetadataUrl(authInfo));
}
} catch (error) {
product.close().catch(reportError);
reportError(toError(error));
return internalServerErrorResponse(route.message.id);
}
assertNotServing(server);
setNegotiatedProtocolVersion(server, claimedRevision);
installModernOnlyHandlers(server, SUPPORTED_MODERN_PROTOCOL_VERSIONS);
if (meta !== void 0) seedClientIdentityFromEnvelope(server, {
clientInfo: meta[CLIENT_INFO_META_KEY],
clientCapabilities: declaredClientCapabilities
});
const previousOnClose = server.onclose;
inflight.add(server);
const onExchangeClose = () => {
inflight.delete(server);
if (server.onclose === onExchangeClose) server.onclose = previousOnClose;
previousOnClose?.();
};
server.onclose = onExchangeClose;
try {
const response = await invoke(product, route.message, {
classification: route.classification,
request,
...authInfo !== void 0 && { authInfo },
...responseMode !== void 0 && { responseMode },
...options.keepAliveMs !== void 0 && { keepAliveMs: options.keepAliveMs }
});
if (route.messageKind === "notification") queueMicrotask(() => void server.close().catch(() => {}));
return response;
} catch (error) {
if (error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed) return new Response(null, { status: 499 });
await server.close().catch(() => {});
inflight.delete(server);
reportError(toError(error));
return internalServerErrorResponse(echoableRequestId(route.message));
}
}
async function serveLegacyRoute(route, forwardRequest, authInfo, parsedBody) {
if (legacyHandler !== void 0) return legacyHandler(forwardRequest, {
...authInfo !== void 0 && { authInfo },
...parsedBody !== void 0 && { parsedBody }
});
const strict = modernOnlyStrictRejection(route, SUPPORTED_MODERN_PROTOCOL_VERSIONS);
if (strict === void 0) return new Response(null, { status: 202 });
reportError(  new Error(`Rejected 2025-era request on a modern-only endpoint (${strict.cell}): ${strict.message}`));
return rejectionResponse(strict, echoableRequestId(parsedBody));
}
async function handle(request, requestOptions) {
const authInfo = requestOptions?.authInfo;
if (request.method.toUpperCase() === "POST" && !isJsonContentType(request.headers.get("content-type"))) {
reportError(  new Error("Unsupported Media Type: Content-Type must be application/json"));
return jsonRpcErrorResponse(415, -32e3, "Unsupported Media Type: Content-Type must be application/json");
}
const classified = await classifyEntryRequest(request, requestOptions?.parsedBody, true, maxRequestBodySize);
if (classified.step === "unreadable-body") return jsonRpcErrorResponse(400, -32700, "Parse error: the request body could not be read");
if (classified.step === "body-too-large") return jsonRpcErrorResponse(413, -32e3, requestBodyTooLargeMessage(maxRequestBodySize));
if (classified.step === "no-json-body") {
if (legacyHandler !== void 0) return legacyHandler(classified.forwardRequest, { ...authInfo !== void 0 && { authInfo } });
return jsonRpcErrorResponse(400, -32700, "Parse error: the request body is not valid JSON");
}
const { outcome, body, parsedBody, forwardRequest } = classified;
try {
switch (outcome.kind) {
case "reject":
reportError(  new Error(`Rejected inbound request (${outcome.cell}): ${outcome.message}`));
return rejectionResponse(outcome, echoableRequestId(body));
case "modern": return await serveModern(outcome, request, authInfo);
case "legacy": return await serveLegacyRoute(outcome, forwardRequest, authInfo, parsedBody);
}
} catch (error) {
reportError(toError(error));
return internalServerErrorResponse(echoableRequestId(body));
}
}
const fetchFace = async (request, requestOptions) => {
if (closed) throw new Error("This MCP handler has been closed");
try {
return await handle(request, requestOptions);
} catch (error) {
reportError(toError(error));
return internalServerErrorResponse(echoableRequestId(requestOptions?.parsedBody));
}
};
return {
fetch: fetchFace,
notify,
bus,
close: async () => {
closed = true;
listenRouter.closeAll();
const closing = [...inflight].map((server) => server.close().catch(() => {}));
inflight.clear();
await Promise.all(closing);
}
};
}
function validateHostHeader(hostHeader, allowedHostnames) {
if (!hostHeader) return {
ok: false,
errorCode: "missing_host",
message: "Missing Host header"
};
let hostname;
try {
hostname = new URL(`http://${hostHeader}`).hostname;
} catch {
return {
ok: false,
errorCode: "invalid_host_header",
message: `Invalid Host header: ${hostHeader}`,
hostHeader
};
}
if (!allowedHostnames.includes(hostname)) return {
ok: false,
errorCode: "invalid_host",
message: `Invalid Host: ${hostname}`,
hostHeader,
hostname
};
return {
ok: true,
hostname
};
}
function localhostAllowedHostnames() {
return [
"localhost",
"127.0.0.1",
"[::1]"
];
}
function hostHeaderValidationResponse(req, allowedHostnames) {
const result = validateHostHeader(req.headers.get("host"), allowedHostnames);
if (result.ok) return void 0;
return Response.json({
jsonrpc: "2.0",
error: {
code: -32e3,
message: result.message
},
id: null
}, {
status: 403,
headers: { "Content-Type": "application/json" }
});
}
function validateOriginHeader(originHeader, allowedOriginHostnames) {
if (originHeader === null || originHeader === void 0 || originHeader === "") return { ok: true };
let hostname;
let scheme;
try {
const url = new URL(originHeader);
hostname = url.hostname;
scheme = url.protocol;
} catch {
return {
ok: false,
errorCode: "invalid_origin_header",
message: `Invalid Origin header: ${originHeader}`,
originHeader
};
}
if (hostname === "") return {
ok: false,
errorCode: "invalid_origin_header",
message: `Invalid Origin header: ${originHeader}`,
originHeader
};
if (!(scheme !== "http:" && scheme !== "https:" && allowedOriginHostnames.includes(`${scheme}//*`)) && !allowedOriginHostnames.includes(hostname)) return {
ok: false,
errorCode: "invalid_origin",
message: `Invalid Origin: ${hostname}`,
originHeader,
hostname
};
return {
ok: true,
origin: originHeader,
hostname
};
}
function localhostAllowedOrigins() {
return [
"localhost",
"127.0.0.1",
"[::1]"
];
}
function originValidationResponse(req, allowedOriginHostnames) {
const result = validateOriginHeader(req.headers.get("origin"), allowedOriginHostnames);
if (result.ok) return void 0;
return Response.json({
jsonrpc: "2.0",
error: {
code: -32e3,
message: result.message
},
id: null
}, {
status: 403,
headers: { "Content-Type": "application/json" }
});
}
const PREFIX = "v1.";
function bytesToBase64Url(bytes) {
let bin = "";
for (const b of bytes) bin += String.fromCodePoint(b);
return btoa(bin).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
function constantTimeTagEqual(a, b) {
if (a.length !== b.length) return false;
let r = 0;
for (let i = 0; i < a.length; i++) r |= a.codePointAt(i) ^ b.codePointAt(i);
return r === 0;
}
function base64UrlToBytes(s) {
const b64 = s.replaceAll("-", "+").replaceAll("_", "/");
const bin = atob(b64);
const bytes = new Uint8Array(bin.length);
for (let i = 0; i < bin.length; i++) bytes[i] = bin.codePointAt(i);
return bytes;
}
function createRequestStateCodec(options) {
const subtle = globalThis.crypto?.subtle;
if (subtle === void 0) throw new TypeError("createRequestStateCodec requires the Web Crypto API (globalThis.crypto.subtle); see https://ts.sdk.modelcontextprotocol.io/v2/troubleshooting for the Node.js polyfill instructions");
const keyBytes = typeof options.key === "string" ? new TextEncoder().encode(options.key) : Uint8Array.from(options.key);
if (keyBytes.byteLength < 32) throw new RangeError(`createRequestStateCodec: key must be at least 32 bytes (got ${keyBytes.byteLength})`);
const ttlSeconds = options.ttlSeconds ?? 600;
if (!Number.isFinite(ttlSeconds)) throw new RangeError("createRequestStateCodec: ttlSeconds must be a finite number");
const bind = options.bind;
let cryptoKey;
const importedKey = () => cryptoKey ??= subtle.importKey("raw", keyBytes, {
name: "HMAC",
hash: "SHA-256"
}, false, ["sign", "verify"]);
const utf8 = new TextEncoder();
const BIND_LABEL = "mcp.requestState.bind:";
const bindTag = async (value) => {
return bytesToBase64Url(new Uint8Array(await subtle.sign("HMAC", await importedKey(), utf8.encode(BIND_LABEL + value))).slice(0, 16));
};
return {
async mint(payload, ctx) {
const envelope = {
p: payload,
exp: Math.floor(Date.now() / 1e3) + ttlSeconds
};
if (bind !== void 0) {
if (ctx === void 0) throw new TypeError("createRequestStateCodec: mint() requires ctx when a bind callback is configured");
envelope.b = await bindTag(bind(ctx));
}
const body = bytesToBase64Url(utf8.encode(JSON.stringify(envelope)));
return `${PREFIX}${body}.${bytesToBase64Url(new Uint8Array(await subtle.sign("HMAC", await importedKey(), utf8.encode(PREFIX + body))))}`;
},
async verify(state, ctx) {
const dot = state.lastIndexOf(".");
if (!state.startsWith(PREFIX) || dot <= 3) throw new Error("malformed");
const body = state.slice(3, dot);
let macBytes;
try {
macBytes = base64UrlToBytes(state.slice(dot + 1));
} catch {
throw new Error("malformed");
}
if (!await subtle.verify("HMAC", await importedKey(), macBytes, utf8.encode(PREFIX + body))) throw new Error("mac");
let envelope;
try {
envelope = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(base64UrlToBytes(body)));
} catch {
throw new Error("malformed");
}
if (typeof envelope.exp !== "number" || envelope.exp < Math.floor(Date.now() / 1e3)) throw new Error("expired");
if (bind !== void 0) {
const expected = await bindTag(bind(ctx));
if (envelope.b === void 0 || !constantTimeTagEqual(envelope.b, expected)) throw new Error("bind");
} else if (envelope.b !== void 0) throw new Error("bind");
return envelope.p;
}
};
}
let _defaultValidator;
function fromJsonSchema(schema, validator) {
return fromJsonSchema$1(schema, validator ?? (_defaultValidator ??= new CfWorkerJsonSchemaValidator()));
}
export { BAGGAGE_META_KEY, CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY, DEFAULT_MAX_REQUEST_BODY_SIZE, DEFAULT_NEGOTIATED_PROTOCOL_VERSION, DEFAULT_REQUEST_TIMEOUT_MSEC, INTERNAL_ERROR, INVALID_PARAMS, INVALID_REQUEST, InMemoryServerEventBus, InMemoryTransport, JSONRPC_VERSION, LATEST_PROTOCOL_VERSION, LOG_LEVEL_META_KEY, METHOD_NOT_FOUND, McpServer, MissingRequiredClientCapabilityError, OAuthError, OAuthErrorCode, PARSE_ERROR, PROTOCOL_VERSION_META_KEY, PerRequestHTTPServerTransport, Protocol, ProtocolError, ProtocolErrorCode, RELATED_TASK_META_KEY, ReadBuffer, ResourceNotFoundError, ResourceTemplate, SERVER_INFO_META_KEY, STDIO_DEFAULT_MAX_BUFFER_SIZE, SUBSCRIPTION_ID_META_KEY, SUPPORTED_PROTOCOL_VERSIONS, SdkError, SdkErrorCode, SdkHttpError, Server, TRACEPARENT_META_KEY, TRACESTATE_META_KEY, UnsupportedProtocolVersionError, UriTemplate, UrlElicitationRequiredError, WebStandardStreamableHTTPServerTransport, acceptedContent, assertCompleteRequestPrompt, assertCompleteRequestResourceTemplate, bearerAuthChallengeResponse, buildOAuthProtectedResourceMetadata, checkResourceAllowed, classifyInboundRequest, completable, createFetchWithInit, createMcpHandler, createRequestStateCodec, deserializeMessage, fromJsonSchema, getDisplayName, getOAuthProtectedResourceMetadataUrl, hostHeaderValidationResponse, inputRequired, inputResponse, isCallToolResult, isCompletable, isInitializeRequest, isInitializedNotification, isInputRequiredResult, isJSONRPCErrorResponse, isJSONRPCNotification, isJSONRPCRequest, isJSONRPCResponse, isJSONRPCResultResponse, isJsonContentType, isLegacyRequest, isSpecType, isTaskAugmentedRequestParams, legacyStatelessFallback, localhostAllowedHostnames, localhostAllowedOrigins, mergeCapabilities, oauthMetadataResponse, originValidationResponse, parseJSONRPCMessage, preloadSchemas, readRequestBody, requireBearerAuth, requireScopes, resourceUrlFromServerUrl, serializeMessage, specTypeSchemas, validateHostHeader, validateOriginHeader, verifyBearerToken };
