// @modelcontextprotocol/client@2.4.0 @modelcontextprotocol/core@2.4.0 eventsource-parser@3.1.1 eventsource@3.0.7 jose@6.2.18 pkce-challenge@5.0.1 zod@4.6.7 (made by deno task vendor from deno.lock)
/*! @modelcontextprotocol/client@2.4.0
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
/*! eventsource-parser@3.1.1
MIT License

Copyright (c) 2026 Espen Hovlandsdal <espen@hovlandsdal.com>

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
/*! eventsource@3.0.7
The MIT License

Copyright (c) EventSource GitHub organisation

Permission is hereby granted, free of charge, to any person obtaining
a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to
permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be
included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
*/
/*! jose@6.2.18
The MIT License (MIT)

Copyright (c) 2018 Filip Skokan

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
/*! pkce-challenge@5.0.1
MIT License

Copyright (c) 2019 

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
function isObject$1(data) {
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
function isPlainObject$6(o) {
if (isObject$1(o) === false)
return false;
const ctor = o.constructor;
if (ctor === undefined)
return true;
if (typeof ctor !== "function")
return true;
const prot = ctor.prototype;
if (isObject$1(prot) === false)
return false;
if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
return false;
}
return true;
}
function shallowClone(o) {
if (isPlainObject$6(o))
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
if (!isPlainObject$6(shape)) {
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
if (!isPlainObject$6(shape)) {
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
function flattenError$1(error, mapper = (issue) => issue.message) {
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
const base64url$1 = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
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
const isObject = isObject$1;
const catchall = def.catchall;
let value;
const memo = globalConfig.memoizer;
memo?.attach(inst);
inst._zod.parse = (payload, ctx) => {
value ?? (value = _normalized.value);
const input = payload.value;
if (!isObject(input)) {
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
const isObject = isObject$1;
const jit = !globalConfig.jitless;
const allowsEval$1 = allowsEval;
const fastEnabled = jit && allowsEval$1.value;
const catchall = def.catchall;
let value;
inst._zod.parse = (payload, ctx) => {
value ?? (value = _normalized.value);
const input = payload.value;
if (!isObject(input)) {
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
if (!isObject$1(input)) {
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
if (isPlainObject$6(a) && isPlainObject$6(b)) {
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
if (!isPlainObject$6(input)) {
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
function _url$1(Class, params) {
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
[base64urlCharset, base64url$1],
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
_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError$1(self, mapper));
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
const encode$2 =   _encode(ZodRealError);
const decode$1 =   _decode(ZodRealError);
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
return pipe(this, transform$1(tx));
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
return encode$2(this, data, params, { callee: _encode });
},
decode: function _decode(data, params) {
return decode$1(this, data, params, { callee: _decode });
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
return this.check(_url$1(ZodURL, params));
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
return _url$1(ZodURL, params);
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
function transform$1(fn) {
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
in: transform$1(fn),
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
function withoutIssuer(body) {
if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
const copy = { ...body };
delete copy.issuer;
return copy;
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
function isPlainObject$5(value) {
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
return isPlainObject$5(t) && isPlainObject$5(t["outputSchema"]) && isNonObjectJsonSchemaRoot(t["outputSchema"]);
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
if (isPlainObject$5(raw) && "resultType" in raw) {
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
function cacheHintFallbackOf(result) {
return result[RESULT_CACHE_HINT_FALLBACK];
}
function isValidCacheTtlMs(value) {
return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
function isValidCacheScope(value) {
return value === "public" || value === "private";
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
function isPlainObject$4(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
}
function stampServerInfoMeta(result, serverInfo) {
if (serverInfo === void 0) return result;
const meta = result["_meta"];
if (meta === void 0) return {
...result,
_meta: { [SERVER_INFO_META_KEY]: serverInfo }
};
if (!isPlainObject$4(meta)) return result;
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
function isPlainObject$3(value) {
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
if (method === "tools/list" && Array.isArray(tools) && tools.some((tool) => isPlainObject$3(tool) && "execution" in tool)) copy().tools = tools.map((tool) => {
if (!isPlainObject$3(tool) || !("execution" in tool)) return tool;
const rest = { ...tool };
delete rest["execution"];
return rest;
});
const capabilities = result.capabilities;
if (isPlainObject$3(capabilities) && "tasks" in capabilities) {
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
if (!isPlainObject$3(raw)) return {
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
const inputRequests = isPlainObject$3(rawInputRequests) ? rawInputRequests : {};
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
function mcpParamPrimitiveToString(value) {
if (typeof value === "string") return value;
if (typeof value === "boolean") return value ? "true" : "false";
if (typeof value === "number") {
if (!Number.isFinite(value)) return void 0;
if (Number.isInteger(value) && !Number.isSafeInteger(value)) return void 0;
return String(value);
}
}
function needsBase64(s) {
if (s.length === 0) return true;
if (s.startsWith(BASE64_SENTINEL_PREFIX) && s.endsWith(BASE64_SENTINEL_SUFFIX)) return true;
if (s !== s.trim()) return true;
for (let i = 0; i < s.length; i++) {
const c = s.codePointAt(i);
if (c === 9 || c >= 32 && c <= 126) continue;
return true;
}
return false;
}
function utf8ToBase64(s) {
const bytes = new TextEncoder().encode(s);
let bin = "";
for (const b of bytes) bin += String.fromCodePoint(b);
return btoa(bin);
}
function encodeMcpParamValue(value) {
return needsBase64(value) ? `${BASE64_SENTINEL_PREFIX}${utf8ToBase64(value)}${BASE64_SENTINEL_SUFFIX}` : value;
}
function valueAtPath(root, path) {
let node = root;
for (const key of path) {
if (node === null || typeof node !== "object") return void 0;
node = node[key];
}
return node;
}
function buildMcpParamHeaders(declarations, args) {
const out = {};
for (const decl of declarations) {
const raw = valueAtPath(args, decl.path);
if (raw === void 0 || raw === null) continue;
const stringValue = mcpParamPrimitiveToString(raw);
if (stringValue === void 0) continue;
out[`${MCP_PARAM_HEADER_PREFIX}${decl.headerName}`] = encodeMcpParamValue(stringValue);
}
return out;
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
({
[ProtocolErrorCode.ParseError]: 400,
[ProtocolErrorCode.InvalidRequest]: 400,
[ProtocolErrorCode.MethodNotFound]: 404,
[ProtocolErrorCode.UnsupportedProtocolVersion]: 400,
[ProtocolErrorCode.MissingRequiredClientCapability]: 400});
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
function isPlainObject$2(value) {
return value !== null && typeof value === "object" && !Array.isArray(value);
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
Object.assign(buildInputRequired, {
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
function withInputRequired(schema) {
return { "~standard": {
version: 1,
vendor: "modelcontextprotocol",
validate: (value, options) => {
if (isInputRequiredResult(value)) return { value };
return schema["~standard"].validate(value, options);
}
} };
}
const DEFAULT_INPUT_REQUIRED_AUTO_FULFILL = true;
const DEFAULT_INPUT_REQUIRED_MAX_ROUNDS = 10;
const REQUEST_STATE_ONLY_LEG_PACING_MS = 250;
function resolveInputRequiredDriverConfig(options) {
return {
autoFulfill: options?.autoFulfill ?? DEFAULT_INPUT_REQUIRED_AUTO_FULFILL,
maxRounds: options?.maxRounds ?? DEFAULT_INPUT_REQUIRED_MAX_ROUNDS
};
}
function buildInputRequiredRetryParams(originalParams, responses, requestState) {
const hasResponses = responses !== void 0 && Object.keys(responses).length > 0;
if (!hasResponses && requestState === void 0) return originalParams;
return {
...originalParams,
...hasResponses && { inputResponses: responses },
...requestState !== void 0 && { requestState }
};
}
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
async function runInputRequiredDriver(args) {
const { config, method, originalParams, requestOptions, hooks, signal } = args;
const startedAt = args.flowStartedAt ?? Date.now();
let payload = args.firstPayload;
let round = 0;
while (true) {
round += 1;
if (round > config.maxRounds) throw new SdkError(SdkErrorCode.InputRequiredRoundsExceeded, inputRequiredRoundsExceededMessage(method, config.maxRounds), {
rounds: config.maxRounds,
lastResult: {
inputRequests: payload.inputRequests,
...payload.requestState !== void 0 && { requestState: payload.requestState }
}
});
requestOptions.onprogress?.({
progress: round,
message: `Fulfilling input required by '${method}' (round ${round})`
});
const entries = Object.entries(payload.inputRequests ?? {});
let responses;
if (entries.length > 0) {
const round$1 = linkedRoundAbort(signal);
try {
const fulfilled = await Promise.all(entries.map(async ([key, entry]) => {
try {
return [key, await hooks.dispatchInputRequest(key, entry, round$1.signal)];
} catch (error) {
round$1.abort(error);
throw error;
}
}));
responses = Object.fromEntries(fulfilled);
} finally {
round$1.dispose();
}
} else await sleep(REQUEST_STATE_ONLY_LEG_PACING_MS, signal);
const legOptions = { ...requestOptions.timeout !== void 0 && { timeout: requestOptions.timeout } };
if (requestOptions.maxTotalTimeout !== void 0) {
const totalElapsed = Date.now() - startedAt;
const remaining = requestOptions.maxTotalTimeout - totalElapsed;
if (remaining <= 0) throw new SdkError(SdkErrorCode.RequestTimeout, "Maximum total timeout exceeded", {
maxTotalTimeout: requestOptions.maxTotalTimeout,
totalElapsed
});
legOptions.maxTotalTimeout = remaining;
}
const result = await hooks.retry(buildInputRequiredRetryParams(originalParams, responses, payload.requestState), legOptions);
if (isInputRequiredResult(result)) {
payload = {
inputRequests: result.inputRequests ?? {},
...result.requestState !== void 0 && { requestState: result.requestState }
};
continue;
}
return result;
}
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
function relatedMessagingUnavailable(member) {
throw new SdkError(SdkErrorCode.SendFailed, `ctx.mcpReq.${member} is not available while fulfilling an embedded input request: the request is fulfilled locally and has no related peer request`);
}
function synthesizeInputRequestContext(key, method, params, signal, sessionId) {
return {
sessionId,
mcpReq: {
id: key,
method,
_meta: params?.["_meta"],
requestState: requestStateAccessor(void 0),
signal,
send: (() => relatedMessagingUnavailable("send")),
notify: () => relatedMessagingUnavailable("notify")
}
};
}
async function dispatchInputRequest(host, codec, key, entry, signal) {
if (!isPlainObject(entry) || typeof entry["method"] !== "string") throw new SdkError(SdkErrorCode.InvalidResult, `Invalid input request '${key}': each inputRequests entry must be an embedded request object with a method`, { key });
const method = entry["method"];
if (!codec.hasInputRequestMethod(method)) throw new SdkError(SdkErrorCode.InvalidResult, `Invalid input request '${key}': '${method}' is not an embedded request the ${codec.era} revision defines (expected elicitation/create, sampling/createMessage, or roots/list)`, {
key,
method
});
const handler = host.getRequestHandler(method);
if (handler === void 0) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Cannot fulfil input request '${key}': no handler is registered for '${method}' on this client. Declare the corresponding capability and register a handler, or handle input_required results manually.`, {
key,
method
});
const params = isPlainObject(entry["params"]) ? entry["params"] : void 0;
return await handler({
jsonrpc: "2.0",
id: key,
method,
...params !== void 0 && { params }
}, host.buildContext(synthesizeInputRequestContext(key, method, params, signal, host.sessionId)));
}
function buildRetryLegRequestOptions(options, legOptions) {
return {
...options?.signal !== void 0 && { signal: options.signal },
...options?.onprogress !== void 0 && { onprogress: options.onprogress },
...options?.resetTimeoutOnProgress !== void 0 && { resetTimeoutOnProgress: options.resetTimeoutOnProgress },
...options?.headers !== void 0 && { headers: options.headers },
...legOptions.timeout !== void 0 && { timeout: legOptions.timeout },
...legOptions.maxTotalTimeout !== void 0 && { maxTotalTimeout: legOptions.maxTotalTimeout },
allowInputRequired: true
};
}
function runInputRequiredFlow(host, config, decoded, flow) {
const { codec, request, options, flowStartedAt } = flow;
const firstPayload = {
inputRequests: decoded.inputRequests,
...decoded.requestState !== void 0 && { requestState: decoded.requestState }
};
const hooks = {
dispatchInputRequest: (key, entry, signal) => dispatchInputRequest(host, codec, key, entry, signal),
retry: (params, legOptions) => flow.retry(params, buildRetryLegRequestOptions(options, legOptions))
};
return runInputRequiredDriver({
config,
method: request.method,
originalParams: request.params,
firstPayload,
flowStartedAt,
signal: options?.signal,
requestOptions: {
...options?.timeout !== void 0 && { timeout: options.timeout },
...options?.maxTotalTimeout !== void 0 && { maxTotalTimeout: options.maxTotalTimeout },
...options?.onprogress !== void 0 && { onprogress: options.onprogress }
},
hooks
});
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
const REDIRECT_STATUSES = new Set([
301,
302,
303,
307,
308
]);
const MAX_REDIRECTS = 5;
function isWithinOrigin(from, to) {
if (from.protocol === to.protocol && from.host === to.host) return true;
return from.protocol === "http:" && to.protocol === "https:" && from.hostname === to.hostname && !from.port && !to.port;
}
function redirectTarget(url, response) {
const location = REDIRECT_STATUSES.has(response.status) ? response.headers?.get("location") : void 0;
if (!location) return void 0;
try {
return new URL(location, url);
} catch {
return;
}
}
const leftToFetch =   new WeakSet();
function fetchLeavingRedirects(baseFetch) {
const copy = (url, init) => baseFetch(url, init);
leftToFetch.add(copy);
return copy;
}
function fetchWithinOrigin(baseFetch) {
if (leftToFetch.has(baseFetch)) return baseFetch;
return async (url, init) => {
if (init?.redirect === "error" || init?.redirect === "manual") return baseFetch(url, init);
const method = (init?.method ?? "GET").toUpperCase();
let current = url;
for (let followed = 0;; followed++) {
const response = await baseFetch(current, {
...init,
redirect: "manual"
});
const target = redirectTarget(current, response);
if (!target || followed === MAX_REDIRECTS) return response;
const from = new URL(current);
const keepsMethod = method === "GET" || response.status === 307 || response.status === 308;
const keepsUserinfo = !(target.username || target.password) || target.username === from.username && target.password === from.password;
if (!keepsMethod || !keepsUserinfo || !isWithinOrigin(from, target)) return response;
await response.text?.().catch(() => {});
current = target;
}
};
}
function unfollowedRedirect(url, response) {
if (response.type === "opaqueredirect") return "Redirect not followed: this runtime does not expose where it points";
const target = redirectTarget(response.url || url, response);
if (!target) return void 0;
target.username = target.password = target.search = target.hash = "";
if (target.protocol === "http:" && new URL(response.url || url).protocol === "https:") {
target.protocol = "https:";
return `Redirect from https to plain http not followed; try ${target.href} as the endpoint`;
}
return `Redirect to ${target.href} not followed; use that URL as the endpoint if it is the intended server`;
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
let crypto$1;
crypto$1 = globalThis.crypto;
async function getRandomValues(size) {
return (await crypto$1).getRandomValues(new Uint8Array(size));
}
async function random(size) {
const mask = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
const evenDistCutoff = Math.pow(2, 8) - Math.pow(2, 8) % mask.length;
let result = "";
while (result.length < size) {
const randomBytes = await getRandomValues(size - result.length);
for (const randomByte of randomBytes) {
if (randomByte < evenDistCutoff) {
result += mask[randomByte % mask.length];
}
}
}
return result;
}
async function generateVerifier(length) {
return await random(length);
}
async function generateChallenge(code_verifier) {
const buffer = await (await crypto$1).subtle.digest("SHA-256", new TextEncoder().encode(code_verifier));
return btoa(String.fromCharCode(...new Uint8Array(buffer)))
.replace(/\//g, '_')
.replace(/\+/g, '-')
.replace(/=/g, '');
}
async function pkceChallenge(length) {
if (!length)
length = 43;
if (length < 43 || length > 128) {
throw `Expected a length between 43 and 128. Received ${length}.`;
}
const verifier = await generateVerifier(length);
const challenge = await generateChallenge(verifier);
return {
code_verifier: verifier,
code_challenge: challenge,
};
}
var OAuthClientFlowError = class extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.OAuthClientFlowError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(message) {
super(message);
this.name = new.target.name;
stampErrorBrands(this, new.target);
}
};
var IssuerMismatchError = class extends OAuthClientFlowError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.IssuerMismatchError" });
}
kind;
expected;
received;
constructor(kind, expected, received) {
super(`Issuer mismatch in ${kind === "metadata" ? "authorization server metadata (RFC 8414 §3.3)" : "authorization response (RFC 9207)"}: expected ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`);
this.kind = kind;
this.expected = expected;
this.received = received;
}
};
var RegistrationRejectedError = class extends OAuthClientFlowError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.RegistrationRejectedError" });
}
status;
body;
submittedMetadata;
constructor(args) {
super(`Dynamic Client Registration rejected (HTTP ${args.status}): ${args.body}`);
this.status = args.status;
this.body = args.body;
this.submittedMetadata = args.submittedMetadata;
}
};
var InsecureTokenEndpointError = class extends OAuthClientFlowError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.InsecureTokenEndpointError" });
}
tokenEndpoint;
constructor(tokenEndpoint) {
super(`Refusing to send credentials to non-https token endpoint '${tokenEndpoint}'. OAuth token requests MUST use TLS (localhost / *.localhost / 127.0.0.1 / ::1 are exempt).`);
this.tokenEndpoint = tokenEndpoint;
}
};
var AuthorizationServerMismatchError = class extends OAuthClientFlowError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.AuthorizationServerMismatchError" });
}
constructor(recordedIssuer, currentIssuer) {
super(`Authorization server mismatch: credentials are bound to ${JSON.stringify(recordedIssuer)} but this call resolved ${JSON.stringify(currentIssuer)}; refusing to present them to a different authorization server`);
this.recordedIssuer = recordedIssuer;
this.currentIssuer = currentIssuer;
}
};
var InsufficientScopeError = class extends OAuthClientFlowError {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.InsufficientScopeError" });
}
requiredScope;
resourceMetadataUrl;
errorDescription;
constructor(init) {
super(`Insufficient scope${init.requiredScope ? `: required "${init.requiredScope}"` : ""}`);
this.requiredScope = init.requiredScope;
this.resourceMetadataUrl = init.resourceMetadataUrl;
this.errorDescription = init.errorDescription;
}
};
function discardIfIssuerMismatch(stored, issuer, opts) {
if (!stored) return void 0;
if (typeof stored.issuer !== "string") {
if (opts?.canPersistStamp !== false) console.warn("[mcp-sdk] SEP-2352: stored OAuth credential has no 'issuer' stamp (pre-upgrade storage or provider not round-tripping the value). SEP-2352 isolation is inactive for this read; ensure your provider round-trips the issuer field.");
return stored.issuer === void 0 ? stored : {
...stored,
issuer: void 0
};
}
return issuersMatch(stored.issuer, issuer) ? stored : void 0;
}
function issuersMatch(a, b) {
return a === b || a.endsWith("/") && a.slice(0, -1) === b || b.endsWith("/") && b.slice(0, -1) === a;
}
function isOAuthClientProvider(provider) {
if (provider == null) return false;
const p = provider;
return typeof p.tokens === "function" && typeof p.clientInformation === "function";
}
async function handleOAuthUnauthorized(provider, ctx, extraAuthOptions) {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(ctx.response);
if (await auth(provider, {
serverUrl: ctx.serverUrl,
resourceMetadataUrl,
scope,
fetchFn: ctx.fetchFn,
...extraAuthOptions
}) !== "AUTHORIZED") throw new UnauthorizedError();
}
function adaptOAuthProvider(provider, extraAuthOptions) {
return {
token: async () => {
return (await provider.tokens())?.access_token;
},
onUnauthorized: async (ctx) => handleOAuthUnauthorized(provider, ctx, extraAuthOptions)
};
}
var UnauthorizedError = class extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.UnauthorizedError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(message) {
super(message ?? "Unauthorized");
this.name = "UnauthorizedError";
stampErrorBrands(this, new.target);
}
};
function isIssParameterSupported(metadata) {
return metadata?.authorization_response_iss_parameter_supported === true;
}
function validateAuthorizationResponseIssuer({ iss, expectedIssuer, issParameterSupported }) {
if (expectedIssuer === void 0) return;
if (iss === void 0) {
if (issParameterSupported) throw new IssuerMismatchError("authorization_response", expectedIssuer, void 0);
return;
}
if (iss !== expectedIssuer) throw new IssuerMismatchError("authorization_response", expectedIssuer, iss);
}
function computeScopeUnion(...scopes) {
const seen =   new Set();
for (const scope of scopes) {
if (!scope) continue;
for (const token of scope.split(/\s+/)) if (token) seen.add(token);
}
return seen.size > 0 ? [...seen].join(" ") : void 0;
}
function isStrictScopeSuperset(union, current) {
if (!union) return false;
const currentSet = new Set((current ?? "").split(/\s+/).filter(Boolean));
for (const token of union.split(/\s+/)) if (token && !currentSet.has(token)) return true;
return false;
}
async function resolveAuthorizationCallbackParams(codeOrParams, iss, provider, serverUrl, opts) {
if (typeof codeOrParams === "string") return {
authorizationCode: codeOrParams,
iss
};
const issParam = codeOrParams.get("iss") ?? void 0;
const code = codeOrParams.get("code");
if (code) return {
authorizationCode: code,
iss: issParam
};
let metadata = (await provider.discoveryState?.())?.authorizationServerMetadata;
if (!metadata) try {
metadata = (await discoverOAuthServerInfo(serverUrl, opts)).authorizationServerMetadata;
} catch {
metadata = void 0;
}
if (!metadata) throw new UnauthorizedError("Authorization callback failed and the issuer could not be verified");
validateAuthorizationResponseIssuer({
iss: issParam,
expectedIssuer: metadata.issuer,
issParameterSupported: isIssParameterSupported(metadata)
});
const error = codeOrParams.get("error");
if (error) throw new OAuthError(error, codeOrParams.get("error_description") ?? error, codeOrParams.get("error_uri") ?? void 0);
throw new UnauthorizedError("Authorization callback contained neither `code` nor `error`");
}
function isClientAuthMethod(method) {
return [
"client_secret_basic",
"client_secret_post",
"none"
].includes(method);
}
const AUTHORIZATION_CODE_RESPONSE_TYPE = "code";
const AUTHORIZATION_CODE_CHALLENGE_METHOD = "S256";
function selectClientAuthMethod(clientInformation, supportedMethods) {
const hasClientSecret = clientInformation.client_secret !== void 0;
if ("token_endpoint_auth_method" in clientInformation && clientInformation.token_endpoint_auth_method && isClientAuthMethod(clientInformation.token_endpoint_auth_method) && (supportedMethods.length === 0 || supportedMethods.includes(clientInformation.token_endpoint_auth_method))) return clientInformation.token_endpoint_auth_method;
if (supportedMethods.length === 0) return hasClientSecret ? "client_secret_basic" : "none";
if (hasClientSecret && supportedMethods.includes("client_secret_basic")) return "client_secret_basic";
if (hasClientSecret && supportedMethods.includes("client_secret_post")) return "client_secret_post";
if (supportedMethods.includes("none")) return "none";
return hasClientSecret ? "client_secret_post" : "none";
}
function applyClientAuthentication(method, clientInformation, headers, params) {
const { client_id, client_secret } = clientInformation;
switch (method) {
case "client_secret_basic":
applyBasicAuth(client_id, client_secret, headers);
return;
case "client_secret_post":
applyPostAuth(client_id, client_secret, params);
return;
case "none":
applyPublicAuth(client_id, params);
return;
default: throw new Error(`Unsupported client authentication method: ${method}`);
}
}
function applyBasicAuth(clientId, clientSecret, headers) {
if (!clientSecret) throw new Error("client_secret_basic authentication requires a client_secret");
const credentials = btoa(`${clientId}:${clientSecret}`);
headers.set("Authorization", `Basic ${credentials}`);
}
function applyPostAuth(clientId, clientSecret, params) {
params.set("client_id", clientId);
if (clientSecret) params.set("client_secret", clientSecret);
}
function applyPublicAuth(clientId, params) {
params.set("client_id", clientId);
}
function isLoopbackHost(hostname) {
return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]" || hostname === "::1";
}
function assertSecureTokenEndpoint(tokenEndpoint) {
const url = new URL(String(tokenEndpoint));
if (url.protocol !== "https:" && !isLoopbackHost(url.hostname)) throw new InsecureTokenEndpointError(url.href);
return url;
}
function deriveApplicationType(redirectUris) {
for (const raw of redirectUris ?? []) {
let url;
try {
url = new URL(raw);
} catch {
continue;
}
if (url.protocol !== "http:" && url.protocol !== "https:") return "native";
if (isLoopbackHost(url.hostname)) return "native";
}
return "web";
}
function resolveClientMetadata(provider) {
const clientMetadata = provider.clientMetadata;
return {
...clientMetadata,
grant_types: clientMetadata.grant_types ?? (provider.redirectUrl === void 0 ? void 0 : ["authorization_code", "refresh_token"]),
application_type: clientMetadata.application_type ?? deriveApplicationType(clientMetadata.redirect_uris)
};
}
async function parseErrorResponse(input) {
const statusCode = input instanceof Response ? input.status : void 0;
const body = input instanceof Response ? await input.text() : input;
try {
const result = OAuthErrorResponseSchema.parse(JSON.parse(body));
return OAuthError.fromResponse(result);
} catch (error) {
const errorMessage = `${statusCode ? `HTTP ${statusCode}: ` : ""}Invalid OAuth error response: ${error}. Raw body: ${body}`;
return new OAuthError(OAuthErrorCode.ServerError, errorMessage);
}
}
function warnCredentialInvalidation(provider, error, invalidated) {
const action = provider.invalidateCredentials === void 0 ? `retrying authorization without discarding the stored ${invalidated} (provider implements no invalidateCredentials())` : `invalidating the stored ${invalidated} and retrying authorization`;
console.warn(`[mcp-sdk] OAuth ${JSON.stringify(error.code)} — ${action}. Cause: ${JSON.stringify(error.message)}`);
}
async function auth(provider, options) {
try {
return await authInternal(provider, options);
} catch (error) {
if (error instanceof OAuthError) {
if (error.code === OAuthErrorCode.InvalidClient || error.code === OAuthErrorCode.UnauthorizedClient) {
warnCredentialInvalidation(provider, error, "client credentials and tokens");
await provider.invalidateCredentials?.("client");
await provider.invalidateCredentials?.("tokens");
return await authInternal(provider, options);
} else if (error.code === OAuthErrorCode.InvalidGrant || error.code === OAuthErrorCode.InvalidDpopProof) {
warnCredentialInvalidation(provider, error, "tokens");
await provider.invalidateCredentials?.("tokens");
return await authInternal(provider, options);
}
}
throw error;
}
}
function determineScope(options) {
const { requestedScope, resourceMetadata, authServerMetadata, clientMetadata } = options;
let effectiveScope = requestedScope || resourceMetadata?.scopes_supported?.join(" ") || clientMetadata.scope;
if (effectiveScope && authServerMetadata?.scopes_supported?.includes("offline_access") && !effectiveScope.split(" ").includes("offline_access") && clientMetadata.grant_types?.includes("refresh_token")) effectiveScope = `${effectiveScope} offline_access`;
return effectiveScope;
}
async function authInternal(provider, { serverUrl, authorizationCode, iss, scope, resourceMetadataUrl, fetchFn, skipIssuerMetadataValidation, forceReauthorization }) {
const clientMetadata = resolveClientMetadata(provider);
const cachedState = await provider.discoveryState?.();
let resourceMetadata;
let authorizationServerUrl;
let metadata;
let freshDiscoveryState;
let effectiveResourceMetadataUrl = resourceMetadataUrl;
if (!effectiveResourceMetadataUrl && cachedState?.resourceMetadataUrl) effectiveResourceMetadataUrl = new URL(cachedState.resourceMetadataUrl);
if (cachedState?.authorizationServerUrl) {
authorizationServerUrl = cachedState.authorizationServerUrl;
resourceMetadata = cachedState.resourceMetadata;
metadata = cachedState.authorizationServerMetadata ?? await discoverAuthorizationServerMetadata(authorizationServerUrl, {
fetchFn,
skipIssuerValidation: skipIssuerMetadataValidation
});
if (!resourceMetadata) try {
resourceMetadata = await discoverOAuthProtectedResourceMetadata(serverUrl, { resourceMetadataUrl: effectiveResourceMetadataUrl }, fetchFn);
} catch (error) {
if (error instanceof TypeError) throw error;
}
if (metadata !== cachedState.authorizationServerMetadata || resourceMetadata !== cachedState.resourceMetadata) await provider.saveDiscoveryState?.({
authorizationServerUrl: String(authorizationServerUrl),
resourceMetadataUrl: effectiveResourceMetadataUrl?.toString(),
resourceMetadata,
authorizationServerMetadata: metadata
});
} else {
const serverInfo = await discoverOAuthServerInfo(serverUrl, {
resourceMetadataUrl: effectiveResourceMetadataUrl,
fetchFn,
skipIssuerMetadataValidation
});
authorizationServerUrl = serverInfo.authorizationServerUrl;
metadata = serverInfo.authorizationServerMetadata;
resourceMetadata = serverInfo.resourceMetadata;
freshDiscoveryState = {
authorizationServerUrl: String(authorizationServerUrl),
resourceMetadataUrl: effectiveResourceMetadataUrl?.toString(),
resourceMetadata,
authorizationServerMetadata: metadata
};
}
const issuer = metadata?.issuer ?? String(authorizationServerUrl);
const infoCtx = { issuer };
await provider.saveAuthorizationServerUrl?.(issuer);
if (authorizationCode !== void 0) {
const recordedIssuer = cachedState?.authorizationServerMetadata?.issuer ?? cachedState?.authorizationServerUrl;
if (recordedIssuer === void 0) {
if (provider.saveDiscoveryState !== void 0) throw new AuthorizationServerMismatchError("discoveryState was not available on the callback leg; ensure your provider persists discoveryState alongside codeVerifier", issuer);
console.warn("[mcp-sdk] OAuthClientProvider does not implement saveDiscoveryState()/discoveryState(); the SEP-2352 callback-leg authorization-server binding cannot be checked. Implement discoveryState (persist alongside codeVerifier) — see docs/migration/upgrade-to-v2.md §SEP-2352.");
} else if (!issuersMatch(recordedIssuer, issuer)) throw new AuthorizationServerMismatchError(recordedIssuer, issuer);
}
if (freshDiscoveryState) await provider.saveDiscoveryState?.(freshDiscoveryState);
const selectedResource = await selectResourceURL(serverUrl, provider, resourceMetadata);
const resource = selectedResource && resourceMetadata && !provider.validateResourceURL ? resourceMetadata.resource : selectedResource;
if (resource) await provider.saveResourceUrl?.(resourceIndicatorToString(resource));
const resolvedScope = determineScope({
requestedScope: scope,
resourceMetadata,
authServerMetadata: metadata,
clientMetadata: provider.clientMetadata
});
const rawClientInfo = await Promise.resolve(provider.clientInformation(infoCtx));
let clientInformation = discardIfIssuerMismatch(rawClientInfo, issuer, { canPersistStamp: provider.saveClientInformation !== void 0 });
if (clientInformation === void 0 && rawClientInfo?.issuer && provider.saveClientInformation === void 0) throw new AuthorizationServerMismatchError(rawClientInfo.issuer, issuer);
if (clientInformation && clientInformation.issuer === void 0) {
clientInformation = {
...clientInformation,
issuer
};
await provider.saveClientInformation?.(clientInformation, infoCtx);
}
if (!clientInformation) {
if (authorizationCode !== void 0) throw new Error("Existing OAuth client information is required when exchanging an authorization code");
const supportsUrlBasedClientId = metadata?.client_id_metadata_document_supported === true;
const clientMetadataUrl = provider.clientMetadataUrl;
if (clientMetadataUrl && !isHttpsUrl(clientMetadataUrl)) throw new OAuthError(OAuthErrorCode.InvalidClientMetadata, `clientMetadataUrl must be a valid HTTPS URL with a non-root pathname, got: ${clientMetadataUrl}`);
if (supportsUrlBasedClientId && clientMetadataUrl) {
clientInformation = {
client_id: clientMetadataUrl,
issuer
};
await provider.saveClientInformation?.(clientInformation, infoCtx);
} else {
if (!provider.saveClientInformation) throw new Error("OAuth client information must be saveable for dynamic registration");
clientInformation = {
...await registerClient(authorizationServerUrl, {
metadata,
clientMetadata,
scope: resolvedScope,
fetchFn
}),
issuer
};
await provider.saveClientInformation(clientInformation, infoCtx);
}
}
const nonInteractiveFlow = !provider.redirectUrl;
if (authorizationCode !== void 0 || nonInteractiveFlow) {
if (authorizationCode !== void 0) validateAuthorizationResponseIssuer({
iss,
expectedIssuer: metadata?.issuer,
issParameterSupported: isIssParameterSupported(metadata)
});
const tokens$1 = await fetchToken(provider, authorizationServerUrl, {
metadata,
resource,
authorizationCode,
iss,
scope: resolvedScope,
fetchFn
});
await provider.saveTokens({
...tokens$1,
issuer
}, infoCtx);
return "AUTHORIZED";
}
let tokens = discardIfIssuerMismatch(await provider.tokens(infoCtx), issuer);
if (tokens && tokens.issuer === void 0) {
tokens = {
...tokens,
issuer
};
await provider.saveTokens(tokens, infoCtx);
}
if (tokens?.refresh_token && !forceReauthorization) {
const refreshScope = await provider.scopeForRefresh?.(tokens);
let newTokens;
try {
newTokens = await refreshAuthorization(authorizationServerUrl, {
metadata,
clientInformation,
refreshToken: tokens.refresh_token,
scope: refreshScope,
resource,
addClientAuthentication: provider.addClientAuthentication,
dpop: await provider.dpop?.(),
fetchFn
});
} catch (error) {
if (error instanceof InsecureTokenEndpointError) throw error;
if (!(error instanceof OAuthError) || error.code === OAuthErrorCode.ServerError) console.warn(`[mcp-sdk] Could not refresh OAuth tokens; falling back to a new authorization request. Cause: ${JSON.stringify(error instanceof Error ? error.message : String(error))}`);
else throw error;
}
if (newTokens) {
await provider.saveTokens({
...newTokens,
issuer
}, infoCtx);
return "AUTHORIZED";
}
}
const state = provider.state ? await provider.state() : void 0;
const { authorizationUrl, codeVerifier } = await startAuthorization(authorizationServerUrl, {
metadata,
clientInformation,
state,
redirectUrl: provider.redirectUrl,
scope: resolvedScope,
resource
});
await provider.saveCodeVerifier(codeVerifier);
await provider.redirectToAuthorization(authorizationUrl);
return "REDIRECT";
}
function validateClientMetadataUrl(url) {
if (url && !isHttpsUrl(url)) throw new OAuthError(OAuthErrorCode.InvalidClientMetadata, `clientMetadataUrl must be a valid HTTPS URL with a non-root pathname, got: ${url}`);
}
function isHttpsUrl(value) {
if (!value) return false;
try {
const url = new URL(value);
return url.protocol === "https:" && url.pathname !== "/";
} catch {
return false;
}
}
async function selectResourceURL(serverUrl, provider, resourceMetadata) {
const defaultResource = resourceUrlFromServerUrl(serverUrl);
if (provider.validateResourceURL) return await provider.validateResourceURL(defaultResource, resourceMetadata?.resource);
if (!resourceMetadata) return;
if (!checkResourceAllowed({
requestedResource: defaultResource,
configuredResource: resourceMetadata.resource
})) throw new Error(`Protected resource ${resourceMetadata.resource} does not match expected ${defaultResource} (or origin)`);
return new URL(resourceMetadata.resource);
}
const RECOGNIZED_CHALLENGE_SCHEMES = new Set(["bearer", "dpop"]);
function extractWWWAuthenticateParams(res) {
const authenticateHeader = res.headers.get("WWW-Authenticate");
if (!authenticateHeader) return {};
const [type, scheme] = authenticateHeader.split(" ");
if (!type || !RECOGNIZED_CHALLENGE_SCHEMES.has(type.toLowerCase()) || !scheme) return {};
const resourceMetadataMatch = extractFieldFromWwwAuth(res, "resource_metadata") || void 0;
let resourceMetadataUrl;
if (resourceMetadataMatch) try {
resourceMetadataUrl = new URL(resourceMetadataMatch);
} catch {}
const scope = extractFieldFromWwwAuth(res, "scope") || void 0;
const error = extractFieldFromWwwAuth(res, "error") || void 0;
const errorDescription = extractFieldFromWwwAuth(res, "error_description") || void 0;
return {
resourceMetadataUrl,
scope,
error,
errorDescription
};
}
function extractFieldFromWwwAuth(response, fieldName) {
const wwwAuthHeader = response.headers.get("WWW-Authenticate");
if (!wwwAuthHeader) return null;
const pattern = new RegExp(String.raw`${fieldName}=(?:"([^"]+)"|([^\s,]+))`);
const match = wwwAuthHeader.match(pattern);
if (match) {
const result = match[1] || match[2];
if (result) return result;
}
return null;
}
function extractResourceMetadataUrl(res) {
const authenticateHeader = res.headers.get("WWW-Authenticate");
if (!authenticateHeader) return;
const [type, scheme] = authenticateHeader.split(" ");
if (type?.toLowerCase() !== "bearer" || !scheme) return;
const match = /resource_metadata="([^"]*)"/.exec(authenticateHeader);
if (!match || !match[1]) return;
try {
return new URL(match[1]);
} catch {
return;
}
}
async function discoverOAuthProtectedResourceMetadata(serverUrl, opts, fetchFn = fetch) {
const response = await discoverMetadataWithFallback(serverUrl, "oauth-protected-resource", fetchFn, {
protocolVersion: opts?.protocolVersion,
metadataUrl: opts?.resourceMetadataUrl
});
if (!response || response.status === 404) {
await response?.text?.().catch(() => {});
throw new Error(`Resource server does not implement OAuth 2.0 Protected Resource Metadata.`);
}
if (!response.ok) {
await response.text?.().catch(() => {});
throw new Error(`HTTP ${response.status} trying to load well-known OAuth protected resource metadata.`);
}
return OAuthProtectedResourceMetadataSchema.parse(await response.json());
}
async function fetchWithCorsRetry(url, headers, fetchFn = fetch) {
const withinOrigin = fetchWithinOrigin(fetchFn);
try {
return await withinOrigin(url, { headers });
} catch (error) {
if (!(error instanceof TypeError) || false) throw error;
if (headers) try {
return await withinOrigin(url, {});
} catch (retryError) {
if (!(retryError instanceof TypeError)) throw retryError;
return;
}
return;
}
}
function buildWellKnownPath(wellKnownPrefix, pathname = "", options = {}) {
if (pathname.endsWith("/")) pathname = pathname.slice(0, -1);
return options.prependPathname ? `${pathname}/.well-known/${wellKnownPrefix}` : `/.well-known/${wellKnownPrefix}${pathname}`;
}
async function tryMetadataDiscovery(url, protocolVersion, fetchFn = fetch) {
return await fetchWithCorsRetry(url, { "MCP-Protocol-Version": protocolVersion }, fetchFn);
}
function shouldAttemptFallback(response, pathname) {
if (!response) return true;
if (pathname === "/") return false;
return !response.ok && response.status < 500 || response.status === 502;
}
async function discoverMetadataWithFallback(serverUrl, wellKnownType, fetchFn, opts) {
const issuer = new URL(serverUrl);
const protocolVersion = opts?.protocolVersion ?? LATEST_PROTOCOL_VERSION;
let url;
if (opts?.metadataUrl) url = new URL(opts.metadataUrl);
else {
const wellKnownPath = buildWellKnownPath(wellKnownType, issuer.pathname);
url = new URL(wellKnownPath, opts?.metadataServerUrl ?? issuer);
url.search = issuer.search;
}
let response = await tryMetadataDiscovery(url, protocolVersion, fetchFn);
if (!opts?.metadataUrl && shouldAttemptFallback(response, issuer.pathname)) response = await tryMetadataDiscovery(new URL(`/.well-known/${wellKnownType}`, issuer), protocolVersion, fetchFn);
return response;
}
async function discoverOAuthMetadata(issuer, { authorizationServerUrl, protocolVersion } = {}, fetchFn = fetch) {
if (typeof issuer === "string") issuer = new URL(issuer);
if (!authorizationServerUrl) authorizationServerUrl = issuer;
if (typeof authorizationServerUrl === "string") authorizationServerUrl = new URL(authorizationServerUrl);
protocolVersion ??= LATEST_PROTOCOL_VERSION;
const response = await discoverMetadataWithFallback(authorizationServerUrl, "oauth-authorization-server", fetchFn, {
protocolVersion,
metadataServerUrl: authorizationServerUrl
});
if (!response || response.status === 404) {
await response?.text?.().catch(() => {});
return;
}
if (!response.ok) {
await response.text?.().catch(() => {});
throw new Error(`HTTP ${response.status} trying to load well-known OAuth metadata`);
}
return OAuthMetadataSchema.parse(await response.json());
}
function buildDiscoveryUrls(authorizationServerUrl) {
const url = typeof authorizationServerUrl === "string" ? new URL(authorizationServerUrl) : authorizationServerUrl;
const hasPath = url.pathname !== "/";
const urlsToTry = [];
if (!hasPath) {
urlsToTry.push({
url: new URL("/.well-known/oauth-authorization-server", url.origin),
type: "oauth"
}, {
url: new URL(`/.well-known/openid-configuration`, url.origin),
type: "oidc"
});
return urlsToTry;
}
let pathname = url.pathname;
if (pathname.endsWith("/")) pathname = pathname.slice(0, -1);
urlsToTry.push({
url: new URL(`/.well-known/oauth-authorization-server${pathname}`, url.origin),
type: "oauth"
}, {
url: new URL(`/.well-known/openid-configuration${pathname}`, url.origin),
type: "oidc"
}, {
url: new URL(`${pathname}/.well-known/openid-configuration`, url.origin),
type: "oidc"
});
return urlsToTry;
}
async function discoverAuthorizationServerMetadata(authorizationServerUrl, { fetchFn = fetch, protocolVersion = LATEST_PROTOCOL_VERSION, skipIssuerValidation = false } = {}) {
const headers = {
"MCP-Protocol-Version": protocolVersion,
Accept: "application/json"
};
const urlsToTry = buildDiscoveryUrls(authorizationServerUrl);
for (const { url: endpointUrl, type } of urlsToTry) {
const response = await fetchWithCorsRetry(endpointUrl, headers, fetchFn);
if (!response)
continue;
if (!response.ok) {
await response.text?.().catch(() => {});
if (response.status < 500 || response.status === 502) continue;
throw new Error(`HTTP ${response.status} trying to load ${type === "oauth" ? "OAuth" : "OpenID provider"} metadata from ${endpointUrl}`);
}
const parsed = type === "oauth" ? OAuthMetadataSchema.parse(await response.json()) : OpenIdProviderDiscoveryMetadataSchema.parse(await response.json());
if (!skipIssuerValidation) {
const expectedIssuer = typeof authorizationServerUrl === "string" ? authorizationServerUrl : authorizationServerUrl.href;
if (!(parsed.issuer === expectedIssuer || expectedIssuer.endsWith("/") && parsed.issuer === expectedIssuer.slice(0, -1))) throw new IssuerMismatchError("metadata", expectedIssuer, parsed.issuer);
}
return parsed;
}
}
async function discoverOAuthServerInfo(serverUrl, opts) {
let resourceMetadata;
let authorizationServerUrl;
try {
resourceMetadata = await discoverOAuthProtectedResourceMetadata(serverUrl, { resourceMetadataUrl: opts?.resourceMetadataUrl }, opts?.fetchFn);
if (resourceMetadata.authorization_servers && resourceMetadata.authorization_servers.length > 0) authorizationServerUrl = resourceMetadata.authorization_servers[0];
} catch (error) {
if (error instanceof TypeError) throw error;
}
if (!authorizationServerUrl) authorizationServerUrl = String(new URL("/", serverUrl));
const authorizationServerMetadata = await discoverAuthorizationServerMetadata(authorizationServerUrl, {
fetchFn: opts?.fetchFn,
skipIssuerValidation: opts?.skipIssuerMetadataValidation
});
return {
authorizationServerUrl,
authorizationServerMetadata,
resourceMetadata
};
}
function resourceIndicatorToString(resource) {
return typeof resource === "string" ? resource : resource.href;
}
async function startAuthorization(authorizationServerUrl, { metadata, clientInformation, redirectUrl, scope, state, resource }) {
let authorizationUrl;
if (metadata) {
authorizationUrl = new URL(metadata.authorization_endpoint);
if (!metadata.response_types_supported.includes(AUTHORIZATION_CODE_RESPONSE_TYPE)) throw new Error(`Incompatible auth server: does not support response type ${AUTHORIZATION_CODE_RESPONSE_TYPE}`);
if (metadata.code_challenge_methods_supported && !metadata.code_challenge_methods_supported.includes(AUTHORIZATION_CODE_CHALLENGE_METHOD)) throw new Error(`Incompatible auth server: does not support code challenge method ${AUTHORIZATION_CODE_CHALLENGE_METHOD}`);
} else authorizationUrl = new URL("/authorize", authorizationServerUrl);
const challenge = await pkceChallenge();
const codeVerifier = challenge.code_verifier;
const codeChallenge = challenge.code_challenge;
authorizationUrl.searchParams.set("response_type", AUTHORIZATION_CODE_RESPONSE_TYPE);
authorizationUrl.searchParams.set("client_id", clientInformation.client_id);
authorizationUrl.searchParams.set("code_challenge", codeChallenge);
authorizationUrl.searchParams.set("code_challenge_method", AUTHORIZATION_CODE_CHALLENGE_METHOD);
authorizationUrl.searchParams.set("redirect_uri", String(redirectUrl));
if (state) authorizationUrl.searchParams.set("state", state);
if (scope) authorizationUrl.searchParams.set("scope", scope);
if (scope?.split(" ").includes("offline_access")) authorizationUrl.searchParams.append("prompt", "consent");
if (resource) authorizationUrl.searchParams.set("resource", resourceIndicatorToString(resource));
return {
authorizationUrl,
codeVerifier
};
}
function prepareAuthorizationCodeRequest(authorizationCode, codeVerifier, redirectUri) {
return new URLSearchParams({
grant_type: "authorization_code",
code: authorizationCode,
code_verifier: codeVerifier,
redirect_uri: String(redirectUri)
});
}
async function executeTokenRequest(authorizationServerUrl, { metadata, tokenRequestParams, clientInformation, addClientAuthentication, resource, dpop, fetchFn }) {
const tokenUrl = assertSecureTokenEndpoint(metadata?.token_endpoint ?? new URL("/token", authorizationServerUrl));
const headers = new Headers({
"Content-Type": "application/x-www-form-urlencoded",
Accept: "application/json"
});
if (resource) tokenRequestParams.set("resource", resourceIndicatorToString(resource));
if (!addClientAuthentication && clientInformation) applyClientAuthentication(selectClientAuthMethod(clientInformation, metadata?.token_endpoint_auth_methods_supported ?? []), clientInformation, headers, tokenRequestParams);
const requestOnce = async () => {
const requestHeaders = new Headers(headers);
if (addClientAuthentication) await addClientAuthentication(requestHeaders, tokenRequestParams, tokenUrl, metadata);
if (dpop) requestHeaders.set("DPoP", await dpop.buildProof({
htm: "POST",
htu: tokenUrl
}));
return fetchWithinOrigin(fetchFn ?? fetch)(tokenUrl, {
method: "POST",
headers: requestHeaders,
body: tokenRequestParams
});
};
let response = await requestOnce();
if (dpop && response.status === 400) {
if ((await response.clone().json().catch(() => {}))?.error === OAuthErrorCode.UseDpopNonce) {
dpop.observeNonce(response, tokenUrl);
response = await requestOnce();
}
}
dpop?.observeNonce(response, tokenUrl);
if (!response.ok) throw await parseErrorResponse(response);
const json = await response.json();
try {
return OAuthTokensSchema.parse(withoutIssuer(json));
} catch (parseError) {
if (typeof json === "object" && json !== null && "error" in json) throw await parseErrorResponse(JSON.stringify(json));
throw parseError;
}
}
async function exchangeAuthorization(authorizationServerUrl, { metadata, clientInformation, authorizationCode, iss, codeVerifier, redirectUri, resource, addClientAuthentication, dpop, fetchFn }) {
validateAuthorizationResponseIssuer({
iss,
expectedIssuer: metadata?.issuer,
issParameterSupported: isIssParameterSupported(metadata)
});
return executeTokenRequest(authorizationServerUrl, {
metadata,
tokenRequestParams: prepareAuthorizationCodeRequest(authorizationCode, codeVerifier, redirectUri),
clientInformation,
addClientAuthentication,
resource,
dpop,
fetchFn
});
}
async function refreshAuthorization(authorizationServerUrl, { metadata, clientInformation, refreshToken, scope, resource, addClientAuthentication, dpop, fetchFn }) {
const tokenRequestParams = new URLSearchParams({
grant_type: "refresh_token",
refresh_token: refreshToken
});
if (scope) tokenRequestParams.set("scope", scope);
const tokens = await executeTokenRequest(authorizationServerUrl, {
metadata,
tokenRequestParams,
clientInformation,
addClientAuthentication,
resource,
dpop,
fetchFn
});
return {
refresh_token: refreshToken,
...tokens,
...scope && !tokens.scope && { scope }
};
}
async function fetchToken(provider, authorizationServerUrl, { metadata, resource, authorizationCode, iss, scope, fetchFn } = {}) {
if (authorizationCode !== void 0) validateAuthorizationResponseIssuer({
iss,
expectedIssuer: metadata?.issuer,
issParameterSupported: isIssParameterSupported(metadata)
});
const issuer = metadata?.issuer ?? String(authorizationServerUrl);
const readClientInformation = async () => {
const rawClientInfo = await provider.clientInformation({ issuer });
const checked = discardIfIssuerMismatch(rawClientInfo, issuer, { canPersistStamp: false });
if (rawClientInfo && checked === void 0) throw new AuthorizationServerMismatchError(String(rawClientInfo.issuer), issuer);
return checked;
};
let clientInformation = await readClientInformation();
const effectiveScope = scope ?? provider.clientMetadata.scope;
let tokenRequestParams;
if (provider.prepareTokenRequest) tokenRequestParams = await provider.prepareTokenRequest(effectiveScope);
if (!tokenRequestParams) {
if (!authorizationCode) throw new Error("Either provider.prepareTokenRequest() or authorizationCode is required");
if (!provider.redirectUrl) throw new Error("redirectUrl is required for authorization_code flow");
tokenRequestParams = prepareAuthorizationCodeRequest(authorizationCode, await provider.codeVerifier(), provider.redirectUrl);
}
clientInformation ??= await readClientInformation();
return executeTokenRequest(authorizationServerUrl, {
metadata,
tokenRequestParams,
clientInformation,
addClientAuthentication: provider.addClientAuthentication,
resource,
dpop: await provider.dpop?.(),
fetchFn
});
}
async function registerClient(authorizationServerUrl, { metadata, clientMetadata, scope, fetchFn }) {
let registrationUrl;
if (metadata) {
if (!metadata.registration_endpoint) throw new Error("Incompatible auth server: does not support dynamic client registration");
registrationUrl = new URL(metadata.registration_endpoint);
} else registrationUrl = new URL("/register", authorizationServerUrl);
const submittedMetadata = {
...clientMetadata,
...scope === void 0 ? {} : { scope }
};
const response = await fetchWithinOrigin(fetchFn ?? fetch)(registrationUrl, {
method: "POST",
headers: { "Content-Type": "application/json" },
body: JSON.stringify(submittedMetadata)
});
if (!response.ok) throw new RegistrationRejectedError({
status: response.status,
body: await response.text(),
submittedMetadata
});
return OAuthClientInformationFullSchema.parse(withoutIssuer(await response.json()));
}
const CAP_EXEMPT_METHODS = new Set([
"tools/list",
"prompts/list",
"resources/list",
"resources/templates/list",
"server/discover"
]);
var InMemoryResponseCacheStore = class {
_entries =   new Map();
_maxEntries;
_stamp = 0;
_cappedSize = 0;
constructor(options) {
this._maxEntries = options?.maxEntries ?? 512;
}
get size() {
return this._entries.size;
}
get(key) {
return this._entries.get(keyOf(key));
}
set(key, entry) {
const k = keyOf(key);
const exempt = CAP_EXEMPT_METHODS.has(key.method);
const isNew = !this._entries.has(k);
if (!exempt && isNew && this._maxEntries > 0 && this._cappedSize >= this._maxEntries) {
for (const oldKey of this._entries.keys()) if (!CAP_EXEMPT_METHODS.has(oldKey.slice(0, oldKey.indexOf("\0")))) {
this._entries.delete(oldKey);
this._cappedSize--;
break;
}
}
const stamp = ++this._stamp;
this._entries.set(k, {
...entry,
stamp
});
if (isNew && !exempt) this._cappedSize++;
return stamp;
}
delete(key) {
if (this._entries.delete(keyOf(key)) && !CAP_EXEMPT_METHODS.has(key.method)) this._cappedSize--;
}
evict(method) {
const prefix = `${method}\0`;
const exempt = CAP_EXEMPT_METHODS.has(method);
for (const k of this._entries.keys()) if (k.startsWith(prefix)) {
this._entries.delete(k);
if (!exempt) this._cappedSize--;
}
}
clear() {
this._entries.clear();
this._cappedSize = 0;
}
};
function keyOf(key) {
return `${key.method}\0${JSON.stringify([key.partition ?? "", key.params ?? ""])}`;
}
function genKey(method, params) {
return params === void 0 ? method : `${method}\0${params}`;
}
const MAX_CACHE_TTL_MS = 864e5;
var ClientResponseCache = class {
_evictionGeneration =   new Map();
_toolIndex;
_toolOutputValidatorIndex;
_serverIdentity = "";
constructor(_store, _isUserSupplied, _reportError = () => {}, _cachePartition = "", _now = Date.now) {
this._store = _store;
this._isUserSupplied = _isUserSupplied;
this._reportError = _reportError;
this._cachePartition = _cachePartition;
this._now = _now;
}
now() {
return this._now();
}
setServerIdentity(identity) {
this._serverIdentity = identity;
}
_partitionFor(scope) {
return JSON.stringify([this._serverIdentity, scope === "public" ? "" : this._cachePartition]);
}
async _probe(method, params) {
const key = {
method,
params: params ?? ""
};
const ownPartition = this._partitionFor("private");
const own = await this._store.get({
...key,
partition: ownPartition
});
if (own !== void 0) return own;
const sharedPartition = this._partitionFor("public");
if (sharedPartition === ownPartition) return void 0;
const shared = await this._store.get({
...key,
partition: sharedPartition
});
return shared?.scope === "public" ? shared : void 0;
}
async evict(method) {
this._evictionGeneration.set(method, (this._evictionGeneration.get(method) ?? 0) + 1);
await this._deleteBoth(method, "");
}
async _deleteBoth(method, params) {
const ownPartition = this._partitionFor("private");
const sharedPartition = this._partitionFor("public");
try {
await this._store.delete({
method,
params,
partition: ownPartition
});
} catch (error) {
this._reportError(error);
}
if (sharedPartition !== ownPartition) try {
await this._store.delete({
method,
params,
partition: sharedPartition
});
} catch (error) {
this._reportError(error);
}
}
async evictKey(method, params) {
const gk = genKey(method, params);
const current = this._evictionGeneration.get(gk);
if (current !== void 0) this._evictionGeneration.set(gk, current + 1);
await this._deleteBoth(method, params);
}
captureGeneration(method, params) {
const gk = genKey(method, params);
const current = this._evictionGeneration.get(gk) ?? 0;
this._evictionGeneration.set(gk, current);
return current;
}
async write(method, value, capturedGen, freshness) {
if ((this._evictionGeneration.get(genKey(method, freshness?.params)) ?? 0) !== capturedGen) return;
const params = freshness?.params ?? "";
const ownPartition = this._partitionFor("private");
const sharedPartition = this._partitionFor("public");
const partition = (freshness?.scope ?? "private") === "public" ? sharedPartition : ownPartition;
try {
await this._store.set({
method,
params,
partition
}, {
value: encodeCacheValue(value),
expiresAt: freshness?.expiresAt,
scope: freshness?.scope
});
} catch (error) {
this._reportError(error);
}
if (sharedPartition !== ownPartition) try {
await this._store.delete({
method,
params,
partition: partition === ownPartition ? sharedPartition : ownPartition
});
} catch (error) {
this._reportError(error);
}
}
async read(method, params) {
const entry = await this._probe(method, params);
if (entry?.expiresAt === void 0 || !(entry.expiresAt > this.now())) return void 0;
try {
const parsed = JSON.parse(entry.value);
if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new TypeError("cached document is not an object");
return { value: parsed };
} catch (error) {
this._reportError(error);
await this._deleteBoth(method, params ?? "");
return;
}
}
resetForReconnect() {
if (!this._isUserSupplied) this._store.clear();
this._evictionGeneration.clear();
this._toolIndex = void 0;
this._toolOutputValidatorIndex = void 0;
this._serverIdentity = "";
}
async toolDefinition(name) {
const entry = await this._probe("tools/list");
if (entry === void 0) {
this._toolIndex = void 0;
return;
}
if (this._toolIndex?.stamp !== entry.stamp) {
const list = this._decodeListTools(entry);
const byName =   new Map();
if (list !== void 0) for (const tool of list.tools) byName.set(tool.name, tool);
this._toolIndex = {
stamp: entry.stamp,
byName
};
}
return this._toolIndex.byName.get(name);
}
async outputValidator(name, compile) {
const entry = await this._probe("tools/list");
if (entry === void 0) {
this._toolOutputValidatorIndex = void 0;
return;
}
if (this._toolOutputValidatorIndex?.stamp !== entry.stamp) {
const list = this._decodeListTools(entry) ?? { tools: [] };
const byName =   new Map();
for (const tool of list.tools) {
const compiled = compile(tool);
if (compiled !== void 0) byName.set(tool.name, compiled);
}
this._toolOutputValidatorIndex = {
stamp: entry.stamp,
byName
};
}
return this._toolOutputValidatorIndex.byName.get(name);
}
_decodeListTools(entry) {
try {
const parsed = JSON.parse(entry.value);
if (!Array.isArray(parsed?.tools) || !parsed.tools.every((t) => t !== null && typeof t === "object")) throw new TypeError("cached tools/list document has a malformed tools array");
return parsed;
} catch (error) {
this._reportError(error);
return;
}
}
};
function encodeCacheValue(value) {
let json;
try {
json = JSON.stringify(value);
} catch (error) {
throw new TypeError(`cache value is not JSON-serializable: ${error instanceof Error ? error.message : String(error)}`);
}
if (typeof json !== "string") throw new TypeError("cache value is not JSON-serializable: it has no JSON representation");
return json;
}
const AUTH_SEAM = Symbol.for("mcp.authSeamEscape");
function markAuthSeamEscape(error) {
if (typeof error === "object" && error !== null || typeof error === "function") try {
Object.defineProperty(error, AUTH_SEAM, {
value: true,
configurable: true
});
} catch {}
return error;
}
function isAuthSeamEscape(error) {
return (typeof error === "object" && error !== null || typeof error === "function") && error[AUTH_SEAM] === true;
}
const UNSUPPORTED_PROTOCOL_VERSION = -32022;
const NOT_PROBE_RECOGNIZED = new Set([
-32001,
-32020,
-32021
]);
function classifyProbeOutcome(outcome, context) {
switch (outcome.kind) {
case "result": return classifyResult(outcome.result, context);
case "rpc-error": return classifyRpcError(outcome, context);
case "http-error": return classifyHttpError(outcome, context);
case "network-error": return classifyNetworkError(outcome.error, context);
case "unusable-reply": return {
kind: "error",
error: new SdkError(SdkErrorCode.EraNegotiationFailed, `Version negotiation probe failed: the server answered with an unusable reply (${describeError(outcome.error)})`, { cause: outcome.error }, { cause: outcome.error })
};
case "auth-required": return {
kind: "error",
error: outcome.error
};
case "closed":
if (context.transportKind === "stdio") return { kind: "legacy" };
return classifyNetworkError(  new Error("Connection closed during the version negotiation probe"), context);
case "timeout":
if (context.transportKind === "stdio") return { kind: "legacy" };
return {
kind: "error",
error: new SdkError(SdkErrorCode.RequestTimeout, `Version negotiation probe timed out after ${outcome.timeoutMs}ms`, { timeout: outcome.timeoutMs })
};
}
}
function classifyResult(result, context) {
const parsed = codecForVersion(MODERN_WIRE_REVISION).validateResult("server/discover", result);
if (!parsed.ok) return { kind: "legacy" };
const supportedVersions = parsed.value.supportedVersions;
const overlap = context.clientModernVersions.find((version) => supportedVersions.includes(version));
if (overlap !== void 0) return {
kind: "modern",
version: overlap,
discover: parsed.value
};
if (context.fallbackAvailable) return { kind: "legacy" };
return {
kind: "error",
error: new UnsupportedProtocolVersionError({
supported: [...supportedVersions],
requested: context.requestedVersion
})
};
}
function classifyRpcError(outcome, context) {
const { code, message, data } = outcome;
if (code === UNSUPPORTED_PROTOCOL_VERSION) {
const supported = parseSupportedList(data);
if (supported === void 0) return { kind: "legacy" };
const error = new UnsupportedProtocolVersionError({
supported,
requested: parseRequested(data) ?? context.requestedVersion
}, message);
const supportedModern = modernProtocolVersions(supported);
const mutual = context.clientModernVersions.find((version) => supportedModern.includes(version));
if (mutual !== void 0) return {
kind: "corrective",
version: mutual,
error
};
if (supportedModern.length > 0) return {
kind: "error",
error
};
return context.fallbackAvailable ? { kind: "legacy" } : {
kind: "error",
error
};
}
if (NOT_PROBE_RECOGNIZED.has(code)) return { kind: "legacy" };
return { kind: "legacy" };
}
function classifyHttpError(outcome, context) {
if (outcome.status === 401 || outcome.status === 403) {
const isDenial = outcome.status === 403;
return {
kind: "error",
error: new SdkHttpError(isDenial ? SdkErrorCode.ClientHttpForbidden : SdkErrorCode.ClientHttpAuthentication, `Version negotiation failed: ${isDenial ? "the server denied access (HTTP 403)" : "the server requires authorization (HTTP 401)"}`, {
status: outcome.status,
statusText: outcome.statusText,
text: outcome.body
})
};
}
if (outcome.status >= 500) return {
kind: "error",
error: new SdkHttpError(SdkErrorCode.EraNegotiationFailed, `Version negotiation failed: the server answered the probe with HTTP ${outcome.status}`, {
status: outcome.status,
statusText: outcome.statusText,
text: outcome.body
})
};
const rpcError = parseJsonRpcErrorBody(outcome.body);
if (rpcError !== void 0) return classifyRpcError(rpcError, context);
return { kind: "legacy" };
}
function classifyNetworkError(error, context) {
if (context.environment === "browser" && isOpaqueFetchTypeError(error)) return { kind: "legacy" };
return {
kind: "error",
error: new SdkError(SdkErrorCode.EraNegotiationFailed, `Version negotiation probe failed: ${describeError(error)}`, { cause: error }, { cause: error })
};
}
function isOpaqueFetchTypeError(error) {
return error instanceof TypeError || error instanceof Error && error.name === "TypeError";
}
function describeError(error) {
return error instanceof Error ? error.message : String(error);
}
function parseSupportedList(data) {
if (typeof data !== "object" || data === null) return void 0;
const supported = data.supported;
if (!Array.isArray(supported) || supported.length === 0 || !supported.every((v) => typeof v === "string")) return;
return supported;
}
function parseRequested(data) {
if (typeof data !== "object" || data === null) return void 0;
const requested = data.requested;
return typeof requested === "string" ? requested : void 0;
}
function parseJsonRpcErrorBody(body) {
if (body === void 0 || body === "") return void 0;
let parsed;
try {
parsed = JSON.parse(body);
} catch {
return;
}
if (typeof parsed !== "object" || parsed === null) return void 0;
const error = parsed.error;
if (typeof error !== "object" || error === null) return void 0;
const { code, message, data } = error;
if (typeof code !== "number") return void 0;
return {
code,
message: typeof message === "string" ? message : "",
data
};
}
const DEFAULT_VERSION_NEGOTIATION_MODE = "legacy";
function resolveVersionNegotiation(options, supportedProtocolVersionsOption) {
const mode = options?.mode ?? DEFAULT_VERSION_NEGOTIATION_MODE;
if (mode === "legacy") return { kind: "legacy" };
const probe = options?.probe ?? {};
if (typeof mode === "object") {
if (!isModernProtocolVersion(mode.pin)) throw new TypeError(`versionNegotiation: { pin: '${mode.pin}' } is not a modern protocol revision — pinning is for 2026-07-28 and later; omit versionNegotiation (or use mode: 'legacy') for 2025-era servers.`);
return {
kind: "pin",
version: mode.pin,
probe
};
}
const explicitModern = supportedProtocolVersionsOption ? modernProtocolVersions(supportedProtocolVersionsOption) : [];
return {
kind: "auto",
modernVersions: explicitModern.length > 0 ? explicitModern : [...SUPPORTED_MODERN_PROTOCOL_VERSIONS],
fallbackAvailable: supportedProtocolVersionsOption ? legacyProtocolVersions(supportedProtocolVersionsOption).length > 0 : true,
probe
};
}
function detectProbeEnvironment() {
const g = globalThis;
return g.window !== void 0 && g.document !== void 0 ? "browser" : "node";
}
function detectProbeTransportKind(transport) {
return "stderr" in transport && "pid" in transport ? "stdio" : "http";
}
var ProbeWindow = class ProbeWindow {
_pending;
_probeCounter = 0;
_savedOnMessage;
_savedOnError;
_savedOnClose;
_closeDelivered = false;
constructor(_transport) {
this._transport = _transport;
this._savedOnMessage = _transport.onmessage;
this._savedOnError = _transport.onerror;
this._savedOnClose = _transport.onclose;
}
static async open(transport) {
const window = new ProbeWindow(transport);
transport.onmessage = (message) => {
const pending = window._pending;
if (pending !== void 0 && (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) && message.id === pending.id) {
window._pending = void 0;
if (isJSONRPCResultResponse(message)) pending.resolve({
kind: "response",
result: message.result
});
else pending.resolve({
kind: "response",
error: message.error
});
return;
}
};
transport.onerror = (error) => {
window._savedOnError?.(error);
};
transport.onclose = () => {
const pending = window._pending;
if (pending !== void 0) {
window._pending = void 0;
pending.resolve({ kind: "closed" });
}
window._closeDelivered = true;
window._savedOnClose?.();
};
try {
await transport.start();
} catch (error) {
window.detach();
throw error;
}
return window;
}
async exchange(buildRequest, timeoutMs) {
const id = `server-discover-probe-${++this._probeCounter}`;
return new Promise((resolve) => {
let settled = false;
const settle = (reply) => {
if (settled) return;
settled = true;
clearTimeout(timer);
if (this._pending?.id === id) this._pending = void 0;
resolve(reply);
};
const timer = setTimeout(() => settle({ kind: "timeout" }), timeoutMs);
this._pending = {
id,
resolve: settle
};
this._transport.send(buildRequest(id)).catch((error) => settle({
kind: "send-error",
error
}));
});
}
detach() {
this._pending = void 0;
this._transport.onmessage = this._savedOnMessage;
this._transport.onerror = this._savedOnError;
if (this._closeDelivered && this._savedOnClose !== void 0) {
const saved = this._savedOnClose;
const transport = this._transport;
let spent = false;
const wrapper = () => {
if (!spent) {
spent = true;
return;
}
saved();
};
transport.onclose = wrapper;
pendingSpentCloseGuards.set(transport, () => {
if (transport.onclose === wrapper) transport.onclose = saved;
});
} else this._transport.onclose = this._savedOnClose;
}
release() {
this.detach();
const transport = this._transport;
const originalStart = transport.start;
let armed = true;
transport.start = async function() {
if (armed) {
armed = false;
transport.start = originalStart;
return;
}
return originalStart.call(transport);
};
}
};
const pendingSpentCloseGuards =   new WeakMap();
function disarmSpentCloseGuard(transport) {
const disarm = pendingSpentCloseGuards.get(transport);
pendingSpentCloseGuards.delete(transport);
disarm?.();
}
function buildProbeRequest(id, protocolVersion, clientInfo, capabilities) {
return {
jsonrpc: "2.0",
id,
method: "server/discover",
params: { _meta: codecForVersion(protocolVersion).outboundEnvelope({
protocolVersion,
clientInfo,
clientCapabilities: capabilities
}) }
};
}
function isUnusableReplyError(error) {
if (error instanceof SdkError && error.code === SdkErrorCode.ClientHttpUnexpectedContent) return true;
return error instanceof Error && error.name === "SyntaxError";
}
function normalizeReply(reply, timeoutMs) {
switch (reply.kind) {
case "response": return reply.error === void 0 ? {
kind: "result",
result: reply.result
} : {
kind: "rpc-error",
...reply.error
};
case "send-error": {
const error = reply.error;
if (isAuthSeamEscape(error) || error instanceof UnauthorizedError || error instanceof Error && error.name === "UnauthorizedError") return {
kind: "auth-required",
error
};
if (error instanceof SdkHttpError) {
const text = error.data?.text;
return {
kind: "http-error",
status: error.data.status,
body: typeof text === "string" ? text : void 0,
statusText: error.data.statusText
};
}
if (isUnusableReplyError(error)) return {
kind: "unusable-reply",
error
};
return {
kind: "network-error",
error
};
}
case "closed": return { kind: "closed" };
case "timeout": return {
kind: "timeout",
timeoutMs
};
}
}
async function negotiateEra(negotiation, deps) {
const timeoutMs = negotiation.probe.timeoutMs ?? deps.defaultTimeoutMs;
const maxRetries = Math.max(0, negotiation.probe.maxRetries ?? 0);
const clientModernVersions = negotiation.kind === "pin" ? [negotiation.version] : negotiation.modernVersions;
const fallbackAvailable = negotiation.kind === "auto" && negotiation.fallbackAvailable;
const window = await ProbeWindow.open(deps.transport);
const probe = async () => {
let requestedVersion = clientModernVersions[0];
let correctiveUsed = false;
let timeoutRetriesRemaining = maxRetries;
for (;;) {
const reply = await window.exchange((id) => buildProbeRequest(id, requestedVersion, deps.clientInfo, deps.capabilities), timeoutMs);
if (reply.kind === "timeout" && timeoutRetriesRemaining > 0) {
timeoutRetriesRemaining--;
continue;
}
const outcome = normalizeReply(reply, timeoutMs);
const verdict = classifyProbeOutcome(outcome, {
clientModernVersions,
requestedVersion,
fallbackAvailable,
environment: deps.environment,
transportKind: deps.transportKind
});
switch (verdict.kind) {
case "modern": return {
era: "modern",
version: verdict.version,
discover: verdict.discover
};
case "corrective":
if (correctiveUsed) throw verdict.error;
correctiveUsed = true;
requestedVersion = verdict.version;
continue;
case "legacy": {
const closedCause = outcome.kind === "closed" ? "the connection closed during the server/discover probe" : void 0;
if (negotiation.kind === "pin") throw new SdkError(SdkErrorCode.EraNegotiationFailed, closedCause === void 0 ? `Version negotiation failed: the server did not offer pinned protocol version ${negotiation.version} via server/discover (no fallback in pin mode)` : `Version negotiation failed: ${closedCause} before the server offered pinned protocol version ${negotiation.version} (no fallback in pin mode)`);
if (!negotiation.fallbackAvailable) throw new SdkError(SdkErrorCode.EraNegotiationFailed, closedCause === void 0 ? "Version negotiation failed: the server gave no modern evidence and this client supports no pre-2026-07-28 protocol version to fall back to" : `Version negotiation failed: ${closedCause} and this client supports no pre-2026-07-28 protocol version to fall back to`);
if (closedCause !== void 0 && deps.disposableProbe !== true) throw new SdkError(SdkErrorCode.EraNegotiationFailed, `Version negotiation failed: ${closedCause} (this transport probed in place — the disposable sibling probe requires the SDK's base StdioClientTransport)`);
return { era: "legacy" };
}
case "error": throw verdict.error;
}
}
};
let result;
try {
result = await probe();
} catch (error) {
window.detach();
throw error;
}
window.release();
return result;
}
function readStdioServerParams(transport) {
const proto = Object.getPrototypeOf(transport);
if (proto === null || !Object.prototype.hasOwnProperty.call(proto, "_dispose")) return;
const params = transport._serverParams;
return typeof params === "object" && params !== null && typeof params.command === "string" ? params : void 0;
}
async function negotiateStdioViaSibling(negotiation, sessionTransport, params, deps) {
const SiblingTransport = sessionTransport.constructor;
const sibling = new SiblingTransport({
...params,
stderr: "ignore"
});
const originalClose = sessionTransport.close;
let callerClosed = false;
let signalClosed;
const closedSignal = new Promise((_, reject) => {
signalClosed = () => reject(callerCloseAbortError());
});
sessionTransport.close = async function() {
callerClosed = true;
signalClosed?.();
return originalClose.call(sessionTransport);
};
let result;
try {
const negotiated = negotiateEra(negotiation, {
...deps,
transport: sibling,
transportKind: "stdio",
disposableProbe: true
});
negotiated.catch(() => {});
result = await Promise.race([negotiated, closedSignal]);
} finally {
await disposeSibling(sibling);
sessionTransport.close = originalClose;
}
if (callerClosed) throw callerCloseAbortError();
return result;
}
function callerCloseAbortError() {
return new SdkError(SdkErrorCode.EraNegotiationFailed, "Version negotiation failed: the transport was closed during the server/discover probe");
}
async function disposeSibling(sibling) {
try {
const dispose = sibling._dispose;
await (typeof dispose === "function" ? dispose.call(sibling) : sibling.close());
} catch {}
}
function serverInfoFromDiscover(discover) {
const fromMeta = discover._meta?.[SERVER_INFO_META_KEY];
return isSpecType.Implementation(fromMeta) ? fromMeta : void 0;
}
function applyElicitationDefaults(schema, data) {
if (!schema || data === null || typeof data !== "object") return;
if (schema.type === "object" && schema.properties && typeof schema.properties === "object") {
const obj = data;
const props = schema.properties;
for (const key of Object.keys(props)) {
const propSchema = props[key];
if (obj[key] === void 0 && Object.prototype.hasOwnProperty.call(propSchema, "default")) obj[key] = propSchema.default;
if (obj[key] !== void 0) applyElicitationDefaults(propSchema, obj[key]);
}
}
if (Array.isArray(schema.anyOf)) {
for (const sub of schema.anyOf) if (typeof sub !== "boolean") applyElicitationDefaults(sub, data);
}
if (Array.isArray(schema.oneOf)) {
for (const sub of schema.oneOf) if (typeof sub !== "boolean") applyElicitationDefaults(sub, data);
}
}
function getSupportedElicitationModes(capabilities) {
if (!capabilities) return {
supportsFormMode: false,
supportsUrlMode: false
};
const hasFormCapability = capabilities.form !== void 0;
const hasUrlCapability = capabilities.url !== void 0;
return {
supportsFormMode: hasFormCapability || !hasFormCapability && !hasUrlCapability,
supportsUrlMode: hasUrlCapability
};
}
function validatePrior(prior) {
if (typeof prior === "object" && prior !== null) {
if (prior.kind === "legacy" && !("supportedVersions" in prior) && !("discover" in prior)) return prior;
if (prior.kind === "modern" && DiscoverResultSchema.safeParse(prior.discover).success) return prior;
}
throw new SdkError(SdkErrorCode.EraNegotiationFailed, "connect({ prior }): unrecognized prior — expected { kind: 'modern', discover } or { kind: 'legacy' }");
}
const LIST_CHANGED_EVICTIONS = {
"notifications/tools/list_changed": ["tools/list"],
"notifications/prompts/list_changed": ["prompts/list"],
"notifications/resources/list_changed": ["resources/list", "resources/templates/list"]
};
const DEFAULT_LIST_MAX_PAGES = 64;
var Client = class extends Protocol {
_serverCapabilities;
_serverVersion;
_capabilities;
_instructions;
_jsonSchemaValidator;
_cache;
_defaultCacheTtlMs;
_listMaxPages;
_listChangedDebounceTimers =   new Map();
_listChangedConfig;
_enforceStrictCapabilities;
_versionNegotiation;
_supportedProtocolVersionsOption;
_inputRequiredDriverConfig;
_listenState =   new Map();
_nextListenId = 0;
_autoOpenedSubscription;
_discoverResult;
static {
}
_resetConnectionState() {
this._negotiatedProtocolVersion = void 0;
this._serverCapabilities = void 0;
this._serverVersion = void 0;
this._instructions = void 0;
this._discoverResult = void 0;
this._autoOpenedSubscription = void 0;
if (this._listenState.size > 0) {
const reason = new SdkError(SdkErrorCode.ConnectionClosed, "subscriptions/listen: client reconnected or closed; subscription state from the previous connection was reset");
for (const entry of this._listenState.values()) entry.settle({
cause: "remote",
error: reason
});
}
this._listenState.clear();
for (const timer of this._listChangedDebounceTimers.values()) clearTimeout(timer);
this._listChangedDebounceTimers.clear();
this._cache.resetForReconnect();
}
async close() {
try {
await super.close();
} finally {
this._resetConnectionState();
}
}
constructor(_clientInfo, options) {
super(options);
this._clientInfo = _clientInfo;
this._capabilities = options?.capabilities ? { ...options.capabilities } : {};
this._jsonSchemaValidator = options?.jsonSchemaValidator ?? new CfWorkerJsonSchemaValidator();
this._enforceStrictCapabilities = options?.enforceStrictCapabilities ?? false;
this._versionNegotiation = options?.versionNegotiation;
this._supportedProtocolVersionsOption = options?.supportedProtocolVersions;
this._inputRequiredDriverConfig = resolveInputRequiredDriverConfig(options?.inputRequired);
this._cache = new ClientResponseCache(options?.responseCacheStore ?? new InMemoryResponseCacheStore(), options?.responseCacheStore !== void 0, (error) => this._reportStoreError(error), options?.cachePartition ?? "");
this._defaultCacheTtlMs = options?.defaultCacheTtlMs ?? 0;
this._listMaxPages = options?.listMaxPages ?? DEFAULT_LIST_MAX_PAGES;
if (options?.listChanged) this._listChangedConfig = options.listChanged;
}
buildContext(ctx, _transportInfo) {
return ctx;
}
_shouldDropInbound(message) {
if (this._negotiatedProtocolVersion !== void 0 && isModernProtocolVersion(this._negotiatedProtocolVersion) && isJSONRPCRequest(message)) return "drop";
}
_outboundMetaEnvelope() {
const version = this._negotiatedProtocolVersion;
if (version === void 0) return void 0;
return this._wireCodec().outboundEnvelope({
protocolVersion: version,
clientInfo: this._clientInfo,
clientCapabilities: this._capabilities
});
}
_resolveNonCompleteResult(decoded, flow) {
if (!this._inputRequiredDriverConfig.autoFulfill) return Promise.reject(new SdkError(SdkErrorCode.UnsupportedResultType, `Unsupported result type 'input_required' for ${flow.request.method}: multi-round-trip auto-fulfilment is not enabled on this instance — pass allowInputRequired: true to handle it manually, or enable inputRequired.autoFulfill`, {
resultType: "input_required",
method: flow.request.method
}));
return runInputRequiredFlow({
getRequestHandler: (method) => this._getRequestHandler(method),
buildContext: (baseCtx) => this.buildContext(baseCtx, void 0),
sessionId: this.transport?.sessionId
}, this._inputRequiredDriverConfig, decoded, flow);
}
_setupListChangedHandlers(config) {
if (config.tools && this._serverCapabilities?.tools?.listChanged) this._setupListChangedHandler("tools", "notifications/tools/list_changed", config.tools, async () => {
return (await this.listTools(void 0, { cacheMode: "refresh" })).tools;
});
if (config.prompts && this._serverCapabilities?.prompts?.listChanged) this._setupListChangedHandler("prompts", "notifications/prompts/list_changed", config.prompts, async () => {
return (await this.listPrompts(void 0, { cacheMode: "refresh" })).prompts;
});
if (config.resources && this._serverCapabilities?.resources?.listChanged) this._setupListChangedHandler("resources", "notifications/resources/list_changed", config.resources, async () => {
return (await this.listResources(void 0, { cacheMode: "refresh" })).resources;
});
}
registerCapabilities(capabilities) {
if (this.transport) throw new Error("Cannot register capabilities after connecting to transport");
this._capabilities = mergeCapabilities(this._capabilities, capabilities);
}
setVersionNegotiation(options) {
if (this.transport) throw new Error("Cannot configure version negotiation after connecting to transport");
this._versionNegotiation = options;
}
_wrapHandler(method, handler) {
if (method === "elicitation/create") return async (request, ctx) => {
const codec = codecForVersion(this._negotiatedProtocolVersion);
let validatedRequest = codec.validateRequest("elicitation/create", request);
if (!validatedRequest.ok && validatedRequest.reason === "not-in-era") validatedRequest = codec.validateInputRequest("elicitation/create", request);
if (!validatedRequest.ok) throw new ProtocolError(validatedRequest.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validatedRequest.reason === "not-in-era" ? "No wire schema for elicitation/create in the resolved era" : `Invalid elicitation request: ${validatedRequest.message}`);
const { params } = validatedRequest.value;
params.mode = params.mode ?? "form";
const { supportsFormMode, supportsUrlMode } = getSupportedElicitationModes(this._capabilities.elicitation);
if (params.mode === "form" && !supportsFormMode) throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Client does not support form-mode elicitation requests");
if (params.mode === "url" && !supportsUrlMode) throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Client does not support URL-mode elicitation requests");
const result = await handler(request, ctx);
let validationResult = codec.validateResult("elicitation/create", result);
if (!validationResult.ok && validationResult.reason === "not-in-era") validationResult = codec.validateInputResponse("elicitation/create", result);
if (!validationResult.ok) throw new ProtocolError(validationResult.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validationResult.reason === "not-in-era" ? "No wire schema for elicitation/create in the resolved era" : `Invalid elicitation result: ${validationResult.message}`);
const validatedResult = validationResult.value;
const requestedSchema = params.mode === "form" ? params.requestedSchema : void 0;
if (params.mode === "form" && validatedResult.action === "accept" && validatedResult.content && requestedSchema && this._capabilities.elicitation?.form?.applyDefaults) try {
applyElicitationDefaults(requestedSchema, validatedResult.content);
} catch {}
return validatedResult;
};
if (method === "sampling/createMessage") return async (request, ctx) => {
const codec = codecForVersion(this._negotiatedProtocolVersion);
let validatedRequest = codec.validateRequest("sampling/createMessage", request);
if (!validatedRequest.ok && validatedRequest.reason === "not-in-era") validatedRequest = codec.validateInputRequest("sampling/createMessage", request);
if (!validatedRequest.ok) throw new ProtocolError(validatedRequest.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validatedRequest.reason === "not-in-era" ? "No wire schema for sampling/createMessage in the resolved era" : `Invalid sampling request: ${validatedRequest.message}`);
const { params } = validatedRequest.value;
const result = await handler(request, ctx);
const hasTools = Boolean(params.tools || params.toolChoice);
let validatedResult = codec.samplingResultVariant(hasTools, result);
if (!validatedResult.ok && validatedResult.reason === "not-in-era") validatedResult = codec.validateInputResponse("sampling/createMessage", result);
if (!validatedResult.ok) throw new ProtocolError(validatedResult.reason === "not-in-era" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, validatedResult.reason === "not-in-era" ? "No result schema for sampling/createMessage in the resolved era" : `Invalid sampling result: ${validatedResult.message}`);
return validatedResult.value;
};
return handler;
}
assertCapability(capability, method) {
if (!this._serverCapabilities?.[capability]) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support ${capability} (required for ${method})`);
}
async connect(transport, options) {
if (options?.prior != null) return this._connectFromPrior(transport, validatePrior(options.prior), options);
const negotiation = resolveVersionNegotiation(this._versionNegotiation, this._supportedProtocolVersionsOption);
if (negotiation.kind !== "legacy") return this._connectNegotiated(transport, negotiation, options);
return this._connectPlainLegacy(transport, options);
}
async _connectPlainLegacy(transport, options) {
await super.connect(transport);
if (transport.sessionId !== void 0) {
const negotiatedProtocolVersion = this._negotiatedProtocolVersion;
if (negotiatedProtocolVersion !== void 0) transport.setProtocolVersion?.(negotiatedProtocolVersion);
return;
}
this._resetConnectionState();
await this._legacyHandshake(transport, options);
}
async _legacyHandshake(transport, options) {
const legacyVersions = legacyProtocolVersions(this._supportedProtocolVersions);
try {
const offeredVersion = legacyVersions[0];
if (offeredVersion === void 0) throw new SdkError(SdkErrorCode.EraNegotiationFailed, "Cannot run the initialize handshake: supportedProtocolVersions contains no pre-2026-07-28 protocol version");
const result = await this.request({
method: "initialize",
params: {
protocolVersion: offeredVersion,
capabilities: this._capabilities,
clientInfo: this._clientInfo
}
}, options);
if (result === void 0) throw new Error(`Server sent invalid initialize result: ${result}`);
if (!legacyVersions.includes(result.protocolVersion)) throw new Error(`Server's protocol version is not supported: ${result.protocolVersion}`);
this._serverCapabilities = result.capabilities;
this._serverVersion = result.serverInfo;
this._cache.setServerIdentity(this._deriveServerIdentity(transport));
if (transport.setProtocolVersion) transport.setProtocolVersion(result.protocolVersion);
this._instructions = result.instructions;
await this.notification({ method: "notifications/initialized" });
this._negotiatedProtocolVersion = result.protocolVersion;
if (this._listChangedConfig) this._setupListChangedHandlers(this._listChangedConfig);
} catch (error) {
this.close();
throw error;
}
}
async _connectNegotiated(transport, negotiation, options) {
if (transport.sessionId !== void 0) {
await super.connect(transport);
const negotiatedProtocolVersion = this._negotiatedProtocolVersion;
if (negotiatedProtocolVersion !== void 0 && transport.setProtocolVersion) transport.setProtocolVersion(negotiatedProtocolVersion);
return;
}
this._resetConnectionState();
let result;
try {
const transportKind = detectProbeTransportKind(transport);
const baseDeps = {
clientInfo: this._clientInfo,
capabilities: this._capabilities,
environment: detectProbeEnvironment(),
defaultTimeoutMs: options?.timeout ?? DEFAULT_REQUEST_TIMEOUT_MSEC
};
const stdioParams = transportKind === "stdio" ? readStdioServerParams(transport) : void 0;
result = stdioParams === void 0 ? await negotiateEra(negotiation, {
...baseDeps,
transport,
transportKind
}) : await negotiateStdioViaSibling(negotiation, transport, stdioParams, baseDeps);
} catch (error) {
await transport.close().catch(() => {});
disarmSpentCloseGuard(transport);
throw error;
}
disarmSpentCloseGuard(transport);
await super.connect(transport);
if (result.era === "legacy") {
await this._legacyHandshake(transport, options);
return;
}
this._serverCapabilities = result.discover.capabilities;
this._serverVersion = serverInfoFromDiscover(result.discover);
this._cache.setServerIdentity(this._deriveServerIdentity(transport));
this._instructions = result.discover.instructions;
this._discoverResult = result.discover;
this._negotiatedProtocolVersion = result.version;
if (transport.setProtocolVersion) transport.setProtocolVersion(result.version);
if (this._listChangedConfig) {
const config = this._listChangedConfig;
const advertised = this._serverCapabilities;
const effective = {
...config.tools && advertised?.tools?.listChanged && { tools: config.tools },
...config.prompts && advertised?.prompts?.listChanged && { prompts: config.prompts },
...config.resources && advertised?.resources?.listChanged && { resources: config.resources }
};
let handlersRegistered = true;
try {
this._setupListChangedHandlers(effective);
} catch (error) {
handlersRegistered = false;
this.onerror?.(error instanceof Error ? error : new Error(String(error)));
}
const filter = handlersRegistered ? {
...effective.tools && { toolsListChanged: true },
...effective.prompts && { promptsListChanged: true },
...effective.resources && { resourcesListChanged: true }
} : {};
if (Object.keys(filter).length > 0) {
const ackAbort = new AbortController();
const onConnectAbort = () => ackAbort.abort(options?.signal?.reason);
if (options?.signal?.aborted) onConnectAbort();
options?.signal?.addEventListener("abort", onConnectAbort);
try {
this._autoOpenedSubscription = await this.listen(filter, {
timeout: options?.timeout,
signal: ackAbort.signal
});
} catch (error) {
if (options?.signal?.aborted) {
await this.close().catch(() => {});
throw error;
}
this.onerror?.(error instanceof Error ? error : new Error(String(error)));
} finally {
options?.signal?.removeEventListener("abort", onConnectAbort);
}
}
}
}
async _connectFromPrior(transport, prior, options) {
if (prior.kind === "legacy") return this._connectPlainLegacy(transport, options);
const discover = prior.discover;
this._resetConnectionState();
const explicit = this._supportedProtocolVersionsOption;
const version = (explicit && modernProtocolVersions(explicit).length > 0 ? modernProtocolVersions(explicit) : SUPPORTED_MODERN_PROTOCOL_VERSIONS).find((v) => discover.supportedVersions.includes(v));
if (version === void 0) throw new SdkError(SdkErrorCode.EraNegotiationFailed, "connect({ prior }) with a modern verdict requires a 2026-07-28+ mutual protocol version; the supplied DiscoverResult and this client's supportedProtocolVersions have no modern overlap. For a server known to be legacy, pass prior: { kind: 'legacy' } to skip the probe and initialize directly, or use versionNegotiation: { mode: 'auto' } to re-probe with legacy fallback.");
await super.connect(transport);
this._discoverResult = discover;
this._serverCapabilities = discover.capabilities;
this._serverVersion = serverInfoFromDiscover(discover);
this._cache.setServerIdentity(this._deriveServerIdentity(transport));
this._instructions = discover.instructions;
this._negotiatedProtocolVersion = version;
transport.setProtocolVersion?.(version);
if (this._listChangedConfig) try {
this._setupListChangedHandlers(this._listChangedConfig);
} catch (error) {
this.onerror?.(error instanceof Error ? error : new Error(String(error)));
}
}
getServerCapabilities() {
return this._serverCapabilities;
}
getServerVersion() {
return this._serverVersion;
}
_deriveServerIdentity(transport) {
const v = this._serverVersion;
if (v !== void 0) return `${v.name}@${v.version}`;
return transport.sessionId ?? `anonymous:${Date.now()}-${Math.random().toString(36).slice(2)}`;
}
getNegotiatedProtocolVersion() {
return this._negotiatedProtocolVersion;
}
getProtocolEra() {
const version = this._negotiatedProtocolVersion;
if (version === void 0) return void 0;
return isModernProtocolVersion(version) ? "modern" : "legacy";
}
getInstructions() {
return this._instructions;
}
getDiscoverResult() {
return this._discoverResult;
}
assertCapabilityForMethod(method) {
switch (method) {
case "logging/setLevel":
if (!this._serverCapabilities?.logging) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support logging (required for ${method})`);
break;
case "prompts/get":
case "prompts/list":
if (!this._serverCapabilities?.prompts) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support prompts (required for ${method})`);
break;
case "resources/list":
case "resources/templates/list":
case "resources/read":
case "resources/subscribe":
case "resources/unsubscribe":
if (!this._serverCapabilities?.resources) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support resources (required for ${method})`);
if (method === "resources/subscribe" && !this._serverCapabilities.resources.subscribe) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support resource subscriptions (required for ${method})`);
break;
case "tools/call":
case "tools/list":
if (!this._serverCapabilities?.tools) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support tools (required for ${method})`);
break;
case "completion/complete":
if (!this._serverCapabilities?.completions) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Server does not support completions (required for ${method})`);
break;
}
}
assertNotificationCapability(method) {
switch (method) {
case "notifications/roots/list_changed":
if (!this._capabilities.roots?.listChanged) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support roots list changed notifications (required for ${method})`);
break;
}
}
assertRequestHandlerCapability(method) {
switch (method) {
case "sampling/createMessage":
if (!this._capabilities.sampling) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support sampling capability (required for ${method})`);
break;
case "elicitation/create":
if (!this._capabilities.elicitation) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support elicitation capability (required for ${method})`);
break;
case "roots/list":
if (!this._capabilities.roots) throw new SdkError(SdkErrorCode.CapabilityNotSupported, `Client does not support roots capability (required for ${method})`);
break;
}
}
async ping(options) {
return this.request({ method: "ping" }, options);
}
async discover(options) {
const result = await this._requestWithSchema({ method: "server/discover" }, DiscoverResultSchema, options);
this._discoverResult = result;
return result;
}
async complete(params, options) {
return this.request({
method: "completion/complete",
params
}, options);
}
async setLoggingLevel(level, options) {
return this.request({
method: "logging/setLevel",
params: { level }
}, options);
}
async getPrompt(params, options) {
return this.request({
method: "prompts/get",
params
}, options);
}
async listPrompts(params, options) {
if (!this._serverCapabilities?.prompts && !this._enforceStrictCapabilities) {
console.debug("Client.listPrompts() called but server does not advertise prompts capability - returning empty list");
return { prompts: [] };
}
if (params?.cursor !== void 0) return this.request({
method: "prompts/list",
params
}, options);
const hit = await this._serveFromCache("prompts/list", void 0, options);
if (hit !== void 0) return hit;
return this._listAllPages("prompts/list", params, options, (r) => r.prompts);
}
async listResources(params, options) {
if (!this._serverCapabilities?.resources && !this._enforceStrictCapabilities) {
console.debug("Client.listResources() called but server does not advertise resources capability - returning empty list");
return { resources: [] };
}
if (params?.cursor !== void 0) return this.request({
method: "resources/list",
params
}, options);
const hit = await this._serveFromCache("resources/list", void 0, options);
if (hit !== void 0) return hit;
return this._listAllPages("resources/list", params, options, (r) => r.resources);
}
async listResourceTemplates(params, options) {
if (!this._serverCapabilities?.resources && !this._enforceStrictCapabilities) {
console.debug("Client.listResourceTemplates() called but server does not advertise resources capability - returning empty list");
return { resourceTemplates: [] };
}
if (params?.cursor !== void 0) return this.request({
method: "resources/templates/list",
params
}, options);
const hit = await this._serveFromCache("resources/templates/list", void 0, options);
if (hit !== void 0) return hit;
return this._listAllPages("resources/templates/list", params, options, (r) => r.resourceTemplates);
}
async _listAllPages(method, baseParams, options, items, finalize) {
const bypass = options?.cacheMode === "bypass";
const generation = this._cache.captureGeneration(method);
const fetchPage = (cursor) => {
const params = cursor === void 0 ? baseParams && { ...baseParams } : {
...baseParams,
cursor
};
return this.request({
method,
...params && { params }
}, options);
};
const acc = await this._walkPages(method, fetchPage, items);
delete acc.nextCursor;
finalize?.(acc);
if (bypass) return acc;
await this._cache.write(method, acc, generation, this._freshness(acc));
return acc;
}
async _walkPages(method, fetchPage, items) {
const acc = await fetchPage(void 0);
let cursor = acc.nextCursor;
let previous = acc;
let pages = 1;
while (cursor !== void 0) {
if (this._listMaxPages !== 0 && pages >= this._listMaxPages) throw new SdkError(SdkErrorCode.ListPaginationExceeded, `${method}: exceeded listMaxPages (${this._listMaxPages}); server pagination did not terminate`, {
method,
listMaxPages: this._listMaxPages
});
const page = await fetchPage(cursor);
if (page.nextCursor === cursor && JSON.stringify(items(page)) === JSON.stringify(items(previous))) break;
items(acc).push(...items(page));
previous = page;
cursor = page.nextCursor;
pages++;
}
return acc;
}
_freshness(result, params) {
const body = result;
const ttlMs = typeof body.ttlMs === "number" ? body.ttlMs : this._defaultCacheTtlMs;
const scope = body.cacheScope === "public" ? "public" : "private";
return {
expiresAt: this._cache.now() + Math.min(Math.max(0, ttlMs), MAX_CACHE_TTL_MS),
scope,
params
};
}
async _serveFromCache(method, params, options) {
if (options?.cacheMode === "bypass" || options?.cacheMode === "refresh") return void 0;
const hit = await this._cache.read(method, params).catch((error) => void this._reportStoreError(error));
if (hit !== void 0) {
if (options?.signal?.aborted) {
const reason = options.signal.reason;
throw reason instanceof SdkError ? reason : new SdkError(SdkErrorCode.RequestTimeout, String(reason));
}
return hit.value;
}
}
_reportStoreError(e) {
this.onerror?.(e instanceof Error ? e : new Error(String(e)));
}
_compileOutputValidator(tool) {
if (!tool.outputSchema) return void 0;
try {
return {
ok: true,
validator: this._jsonSchemaValidator.getValidator(tool.outputSchema)
};
} catch (error) {
return {
ok: false,
compileError: error
};
}
}
async _resolveXMcpHeaderScan(name, override) {
const tool = override ?? await this._cache.toolDefinition(name);
return tool === void 0 ? void 0 : scanXMcpHeaderDeclarations(tool.inputSchema);
}
async readResource(params, options) {
const { result } = await this._readResource(params, options);
return result;
}
async _readResource(params, options) {
const hit = await this._serveFromCache("resources/read", params.uri, options);
if (hit !== void 0) return {
result: hit,
cached: true
};
const generation = this._cache.captureGeneration("resources/read", params.uri);
const result = await this.request({
method: "resources/read",
params
}, options);
if (options?.cacheMode !== "bypass") {
const freshness = this._freshness(result, params.uri);
if (freshness.expiresAt > this._cache.now()) await this._cache.write("resources/read", result, generation, freshness);
else if (options?.cacheMode === "refresh") await this._cache.evictKey("resources/read", params.uri);
}
return {
result,
cached: false
};
}
async subscribeResource(params, options) {
return this.request({
method: "resources/subscribe",
params
}, options);
}
async unsubscribeResource(params, options) {
return this.request({
method: "resources/unsubscribe",
params
}, options);
}
async listen(filter, options) {
if (this.transport === void 0) throw new SdkError(SdkErrorCode.NotConnected, "Not connected");
const negotiated = this._negotiatedProtocolVersion;
if (negotiated === void 0 || !isModernProtocolVersion(negotiated)) throw new SdkError(SdkErrorCode.MethodNotSupportedByProtocolVersion, `subscriptions/listen requires a 2026-07-28-era connection (negotiated: ${negotiated ?? "none"}). On a 2025-era connection, change notifications are delivered unsolicited: use ClientOptions.listChanged and resources/subscribe instead.`, {
method: "subscriptions/listen",
protocolVersion: negotiated
});
if (options?.signal?.aborted) {
const reason = options.signal.reason;
throw reason instanceof SdkError ? reason : new SdkError(SdkErrorCode.RequestTimeout, String(reason));
}
const requestAbort = new AbortController();
const listenId = `listen:${this._nextListenId++}`;
let state = "opening";
let ackTimer;
let onCallerAbort;
let resolveOpening;
let rejectOpening;
const opening = new Promise((resolve, reject) => {
resolveOpening = resolve;
rejectOpening = reject;
});
let resolveClosed;
const closed = new Promise((resolve) => {
resolveClosed = resolve;
});
const settle = (outcome) => {
if (state === "closed") return;
const wasOpening = state === "opening";
if (ackTimer !== void 0) {
clearTimeout(ackTimer);
ackTimer = void 0;
}
if ("ack" in outcome) {
state = "open";
resolveOpening(outcome.ack);
return;
}
state = "closed";
if (onCallerAbort !== void 0) options?.signal?.removeEventListener("abort", onCallerAbort);
this._listenState.delete(listenId);
requestAbort.abort();
resolveClosed(outcome.cause);
if (wasOpening) rejectOpening(outcome.error ?? new SdkError(SdkErrorCode.ConnectionClosed, "subscriptions/listen closed before the server acknowledged"));
};
const wireTeardown = async () => {
requestAbort.abort();
await this.notification({
method: "notifications/cancelled",
params: { requestId: listenId }
}).catch(() => {});
};
const close = async () => {
if (state === "closed") return;
settle({ cause: "local" });
await wireTeardown();
};
this._listenState.set(listenId, { settle });
const ackTimeout = options?.timeout ?? DEFAULT_REQUEST_TIMEOUT_MSEC;
ackTimer = setTimeout(() => {
settle({
cause: "remote",
error: new SdkError(SdkErrorCode.RequestTimeout, "subscriptions/listen ack timed out", { timeout: ackTimeout })
});
wireTeardown().catch(() => {});
}, ackTimeout);
if (options?.signal) {
const callerSignal = options.signal;
onCallerAbort = () => {
if (state === "closed") return;
const reason = callerSignal.reason;
settle({
cause: "local",
error: reason instanceof Error ? reason : new Error(String(reason ?? "Aborted"))
});
wireTeardown().catch(() => {});
};
callerSignal.addEventListener("abort", onCallerAbort, { once: true });
}
const jsonrpcRequest = {
jsonrpc: "2.0",
id: listenId,
method: "subscriptions/listen",
params: {
_meta: { ...this._outboundMetaEnvelope() },
notifications: filter
}
};
const routeSendFailure = (error) => {
settle({
cause: "remote",
error: error instanceof Error ? error : new Error(String(error))
});
};
try {
this.transport.send(jsonrpcRequest, {
requestSignal: requestAbort.signal,
onRequestStreamEnd: () => settle({
cause: "remote",
error:   new Error("subscriptions/listen: stream ended")
})
}).catch(routeSendFailure);
} catch (error) {
routeSendFailure(error);
}
return {
honoredFilter: await opening,
close,
closed
};
}
get autoOpenedSubscription() {
return this._autoOpenedSubscription;
}
_onnotification(raw, extra) {
const evicted = Object.hasOwn(LIST_CHANGED_EVICTIONS, raw.method) ? LIST_CHANGED_EVICTIONS[raw.method] : void 0;
if (raw.method === "notifications/resources/updated") {
const uri = raw.params?.uri;
if (typeof uri === "string") this._cache.evictKey("resources/read", uri);
} else if (evicted !== void 0) for (const method of evicted) this._cache.evict(method);
if (raw.method === "notifications/subscriptions/acknowledged") {
const subscriptionId = raw.params?._meta?.[SUBSCRIPTION_ID_META_KEY];
const entry = typeof subscriptionId === "string" ? this._listenState.get(subscriptionId) : void 0;
if (entry !== void 0) {
const honored = this._wireCodec().validateNotification("notifications/subscriptions/acknowledged", raw);
entry.settle({ ack: honored.ok ? honored.value.params.notifications : {} });
return;
}
}
if (raw.method === "notifications/cancelled") {
const cancelledId = raw.params?.requestId;
const entry = typeof cancelledId === "string" ? this._listenState.get(cancelledId) : void 0;
if (entry !== void 0) {
entry.settle({
cause: "remote",
error:   new Error("subscriptions/listen: server cancelled the subscription")
});
return;
}
}
super._onnotification(raw, extra);
}
_onresponse(response) {
const id = response.id;
const entry = typeof id === "string" ? this._listenState.get(id) : void 0;
if (entry !== void 0) {
if (isJSONRPCErrorResponse(response)) entry.settle({
cause: "remote",
error: ProtocolError.fromError(response.error.code, response.error.message, response.error.data)
});
else entry.settle({
cause: "graceful",
error: new SdkError(SdkErrorCode.ConnectionClosed, "subscriptions/listen: server closed the subscription gracefully before acknowledging")
});
return;
}
super._onresponse(response);
}
_onclose() {
if (this._listenState.size > 0) {
const reason = new SdkError(SdkErrorCode.ConnectionClosed, "Connection closed");
for (const entry of this._listenState.values()) entry.settle({
cause: "remote",
error: reason
});
this._listenState.clear();
}
super._onclose();
}
async callTool(params, options) {
const mirroringActive = this.getProtocolEra() === "modern" && detectProbeEnvironment() !== "browser";
const buildSendOptions = async () => {
if (!mirroringActive) return options;
let scan;
try {
scan = await this._resolveXMcpHeaderScan(params.name, options?.toolDefinition);
} catch (error) {
this._reportStoreError(error);
}
if (!scan?.valid || scan.declarations.length === 0) return options;
const paramHeaders = buildMcpParamHeaders(scan.declarations, params.arguments);
return Object.keys(paramHeaders).length === 0 ? options : {
...options,
headers: {
...options?.headers,
...paramHeaders
}
};
};
let compiled = options?.toolDefinition === void 0 ? await this._cache.outputValidator(params.name, (tool) => this._compileOutputValidator(tool)).catch((error) => void this._reportStoreError(error)) : this._compileOutputValidator(options.toolDefinition);
const assertCompiled = () => {
if (compiled === void 0 || compiled.ok) return;
const err = compiled.compileError;
const message = (err instanceof Error ? err.message : String(err)).slice(0, 200);
throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Tool '${params.name}' has an invalid outputSchema: ${message}`);
};
assertCompiled();
let result;
try {
result = await this.request({
method: "tools/call",
params
}, await buildSendOptions());
} catch (error) {
const isHeaderMismatch = error instanceof ProtocolError && error.code === HEADER_MISMATCH_ERROR_CODE;
if (!mirroringActive || !isHeaderMismatch || options?.toolDefinition !== void 0) throw error;
const refreshOptions = {
signal: options?.signal,
timeout: options?.timeout,
cacheMode: "refresh"
};
await this._cache.evict("tools/list");
await this.listTools(void 0, refreshOptions).catch((error_) => this._reportStoreError(error_));
compiled = await this._cache.outputValidator(params.name, (tool) => this._compileOutputValidator(tool)).catch((error_) => void this._reportStoreError(error_));
assertCompiled();
result = await this.request({
method: "tools/call",
params
}, await buildSendOptions());
}
const validator = compiled !== void 0 && compiled.ok ? compiled.validator : void 0;
if (validator) {
if (result.structuredContent === void 0 && !result.isError) throw new ProtocolError(ProtocolErrorCode.InvalidRequest, `Tool ${params.name} has an output schema but did not return structured content`);
if (result.structuredContent !== void 0 && !result.isError) try {
const validationResult = validator(result.structuredContent);
if (!validationResult.valid) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Structured content does not match the tool's output schema: ${validationResult.errorMessage}`);
} catch (error) {
if (error instanceof ProtocolError) throw error;
throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Failed to validate structured content: ${error instanceof Error ? error.message : String(error)}`);
}
}
return result;
}
async listTools(params, options) {
if (!this._serverCapabilities?.tools && !this._enforceStrictCapabilities) {
console.debug("Client.listTools() called but server does not advertise tools capability - returning empty list");
return { tools: [] };
}
if (params?.cursor !== void 0) {
const page = await this.request({
method: "tools/list",
params
}, options);
this._excludeInvalidXMcpHeaderTools(page);
return page;
}
const hit = await this._serveFromCache("tools/list", void 0, options);
if (hit !== void 0) return hit;
return this._listAllPages("tools/list", params, options, (r) => r.tools, (acc) => this._excludeInvalidXMcpHeaderTools(acc));
}
_excludeInvalidXMcpHeaderTools(result) {
if (this.getProtocolEra() !== "modern" || !this.transport || detectProbeTransportKind(this.transport) === "stdio") return;
const filtered = result.tools.filter((tool) => {
const scan = scanXMcpHeaderDeclarations(tool.inputSchema);
if (!scan.valid) {
console.warn(`[mcp-sdk] excluding tool '${tool.name}' from tools/list: invalid x-mcp-header declaration — ${scan.reason}`);
return false;
}
return true;
});
if (filtered.length !== result.tools.length) result.tools = filtered;
}
_setupListChangedHandler(listType, notificationMethod, options, fetcher) {
const parseResult = parseSchema(ListChangedOptionsBaseSchema, options);
if (!parseResult.success) throw new Error(`Invalid ${listType} listChanged options: ${parseResult.error.message}`);
if (typeof options.onChanged !== "function") throw new TypeError(`Invalid ${listType} listChanged options: onChanged must be a function`);
const { autoRefresh, debounceMs } = parseResult.data;
const { onChanged } = options;
const refresh = async () => {
if (!autoRefresh) {
onChanged(null, null);
return;
}
try {
onChanged(null, await fetcher());
} catch (error) {
onChanged(error instanceof Error ? error : new Error(String(error)), null);
}
};
const handler = () => {
if (debounceMs) {
const existingTimer = this._listChangedDebounceTimers.get(listType);
if (existingTimer) clearTimeout(existingTimer);
const timer = setTimeout(refresh, debounceMs);
this._listChangedDebounceTimers.set(listType, timer);
} else refresh();
};
this.setNotificationHandler(notificationMethod, handler);
}
async sendRootsListChanged() {
return this.notification({ method: "notifications/roots/list_changed" });
}
};
class ParseError extends Error {
constructor(message, options) {
super(message), this.name = "ParseError", this.type = options.type, this.field = options.field, this.value = options.value, this.line = options.line;
}
}
const LF = 10, CR = 13, SPACE = 32;
function noop(_arg) {
}
function createParser(config) {
if (typeof config == "function")
throw new TypeError(
"`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?"
);
const { onEvent = noop, onError = noop, onRetry = noop, onComment, maxBufferSize } = config, pendingFragments = [];
let pendingFragmentsLength = 0, isFirstChunk = true, id, data = "", dataLines = 0, eventType, terminated = false;
function feed(chunk) {
if (terminated)
throw new Error(
"Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing."
);
if (isFirstChunk && (isFirstChunk = false, chunk.charCodeAt(0) === 239 && chunk.charCodeAt(1) === 187 && chunk.charCodeAt(2) === 191 && (chunk = chunk.slice(3))), pendingFragments.length === 0) {
const trailing2 = processLines(chunk);
trailing2 !== "" && (pendingFragments.push(trailing2), pendingFragmentsLength = trailing2.length), checkBufferSize();
return;
}
if (chunk.indexOf(`
`) === -1 && chunk.indexOf("\r") === -1) {
pendingFragments.push(chunk), pendingFragmentsLength += chunk.length, checkBufferSize();
return;
}
pendingFragments.push(chunk);
const input = pendingFragments.join("");
pendingFragments.length = 0, pendingFragmentsLength = 0;
const trailing = processLines(input);
trailing !== "" && (pendingFragments.push(trailing), pendingFragmentsLength = trailing.length), checkBufferSize();
}
function checkBufferSize() {
maxBufferSize !== void 0 && (pendingFragmentsLength + data.length <= maxBufferSize || (terminated = true, pendingFragments.length = 0, pendingFragmentsLength = 0, id = void 0, data = "", dataLines = 0, eventType = void 0, onError(
new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, {
type: "max-buffer-size-exceeded"
})
)));
}
function processLines(chunk) {
let searchIndex = 0;
if (chunk.indexOf("\r") === -1) {
let lfIndex = chunk.indexOf(`
`, searchIndex);
for (; lfIndex !== -1; ) {
if (searchIndex === lfIndex) {
dataLines > 0 && onEvent({ id, event: eventType, data }), id = void 0, data = "", dataLines = 0, eventType = void 0, searchIndex = lfIndex + 1, lfIndex = chunk.indexOf(`
`, searchIndex);
continue;
}
const firstCharCode = chunk.charCodeAt(searchIndex);
if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5, value = chunk.slice(valueStart, lfIndex);
if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
onEvent({ id, event: eventType, data: value }), id = void 0, data = "", eventType = void 0, searchIndex = lfIndex + 2, lfIndex = chunk.indexOf(`
`, searchIndex);
continue;
}
data = dataLines === 0 ? value : `${data}
${value}`, dataLines++;
} else isEventPrefix(chunk, searchIndex, firstCharCode) ? eventType = chunk.slice(
chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6,
lfIndex
) || void 0 : parseLine(chunk, searchIndex, lfIndex);
searchIndex = lfIndex + 1, lfIndex = chunk.indexOf(`
`, searchIndex);
}
return chunk.slice(searchIndex);
}
for (; searchIndex < chunk.length; ) {
const crIndex = chunk.indexOf("\r", searchIndex), lfIndex = chunk.indexOf(`
`, searchIndex);
let lineEnd = -1;
if (crIndex !== -1 && lfIndex !== -1 ? lineEnd = crIndex < lfIndex ? crIndex : lfIndex : crIndex !== -1 ? crIndex === chunk.length - 1 ? lineEnd = -1 : lineEnd = crIndex : lfIndex !== -1 && (lineEnd = lfIndex), lineEnd === -1)
break;
parseLine(chunk, searchIndex, lineEnd), searchIndex = lineEnd + 1, chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF && searchIndex++;
}
return chunk.slice(searchIndex);
}
function parseLine(chunk, start, end) {
if (start === end) {
dispatchEvent();
return;
}
const firstCharCode = chunk.charCodeAt(start);
if (isDataPrefix(chunk, start, firstCharCode)) {
const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5, value2 = chunk.slice(valueStart, end);
data = dataLines === 0 ? value2 : `${data}
${value2}`, dataLines++;
return;
}
if (isEventPrefix(chunk, start, firstCharCode)) {
eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
return;
}
if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
const value2 = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
value2.includes("\0") || (id = value2);
return;
}
if (firstCharCode === 58) {
if (onComment) {
const line2 = chunk.slice(start, end);
onComment(line2.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
}
return;
}
const line = chunk.slice(start, end), fieldSeparatorIndex = line.indexOf(":");
if (fieldSeparatorIndex === -1) {
processField(line, "", line);
return;
}
const field = line.slice(0, fieldSeparatorIndex), offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1, value = line.slice(fieldSeparatorIndex + offset);
processField(field, value, line);
}
function processField(field, value, line) {
switch (field) {
case "event":
eventType = value || void 0;
break;
case "data":
data = dataLines === 0 ? value : `${data}
${value}`, dataLines++;
break;
case "id":
value.includes("\0") || (id = value);
break;
case "retry":
/^\d+$/.test(value) ? onRetry(parseInt(value, 10)) : onError(
new ParseError(`Invalid \`retry\` value: "${value}"`, {
type: "invalid-retry",
value,
line
})
);
break;
default:
onError(
new ParseError(
`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}\u2026` : field}"`,
{ type: "unknown-field", field, value, line }
)
);
break;
}
}
function dispatchEvent() {
dataLines > 0 && onEvent({
id,
event: eventType,
data
}), id = void 0, data = "", dataLines = 0, eventType = void 0;
}
function reset(options = {}) {
if (options.consume && pendingFragments.length > 0) {
const incompleteLine = pendingFragments.join("");
parseLine(incompleteLine, 0, incompleteLine.length);
}
isFirstChunk = true, id = void 0, data = "", dataLines = 0, eventType = void 0, pendingFragments.length = 0, pendingFragmentsLength = 0, terminated = false;
}
return { feed, reset };
}
function isDataPrefix(chunk, i, firstCharCode) {
return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
class ErrorEvent extends Event {
constructor(type, errorEventInitDict) {
var _a, _b;
super(type), this.code = (_a = errorEventInitDict == null ? void 0 : errorEventInitDict.code) != null ? _a : void 0, this.message = (_b = errorEventInitDict == null ? void 0 : errorEventInitDict.message) != null ? _b : void 0;
}
[Symbol.for("nodejs.util.inspect.custom")](_depth, options, inspect) {
return inspect(inspectableError(this), options);
}
[Symbol.for("Deno.customInspect")](inspect, options) {
return inspect(inspectableError(this), options);
}
}
function syntaxError(message) {
const DomException = globalThis.DOMException;
return typeof DomException == "function" ? new DomException(message, "SyntaxError") : new SyntaxError(message);
}
function flattenError(err) {
return err instanceof Error ? "errors" in err && Array.isArray(err.errors) ? err.errors.map(flattenError).join(", ") : "cause" in err && err.cause instanceof Error ? `${err}: ${flattenError(err.cause)}` : err.message : `${err}`;
}
function inspectableError(err) {
return {
type: err.type,
message: err.message,
code: err.code,
defaultPrevented: err.defaultPrevented,
cancelable: err.cancelable,
timeStamp: err.timeStamp
};
}
var __typeError = (msg) => {
throw TypeError(msg);
}, __accessCheck = (obj, member, msg) => member.has(obj) || __typeError("Cannot " + msg), __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj)), __privateAdd = (obj, member, value) => member.has(obj) ? __typeError("Cannot add the same private member more than once") : member instanceof WeakSet ? member.add(obj) : member.set(obj, value), __privateSet = (obj, member, value, setter) => (__accessCheck(obj, member, "write to private field"), member.set(obj, value), value), __privateMethod = (obj, member, method) => (__accessCheck(obj, member, "access private method"), method), _readyState, _url, _redirectUrl, _withCredentials, _fetch, _reconnectInterval, _reconnectTimer, _lastEventId, _controller, _parser, _onError, _onMessage, _onOpen, _EventSource_instances, connect_fn, _onFetchResponse, _onFetchError, getRequestOptions_fn, _onEvent, _onRetryChange, failConnection_fn, scheduleReconnect_fn, _reconnect;
class EventSource extends EventTarget {
constructor(url, eventSourceInitDict) {
var _a, _b;
super(), __privateAdd(this, _EventSource_instances), this.CONNECTING = 0, this.OPEN = 1, this.CLOSED = 2, __privateAdd(this, _readyState), __privateAdd(this, _url), __privateAdd(this, _redirectUrl), __privateAdd(this, _withCredentials), __privateAdd(this, _fetch), __privateAdd(this, _reconnectInterval), __privateAdd(this, _reconnectTimer), __privateAdd(this, _lastEventId, null), __privateAdd(this, _controller), __privateAdd(this, _parser), __privateAdd(this, _onError, null), __privateAdd(this, _onMessage, null), __privateAdd(this, _onOpen, null), __privateAdd(this, _onFetchResponse, async (response) => {
var _a2;
__privateGet(this, _parser).reset();
const { body, redirected, status, headers } = response;
if (status === 204) {
__privateMethod(this, _EventSource_instances, failConnection_fn).call(this, "Server sent HTTP 204, not reconnecting", 204), this.close();
return;
}
if (redirected ? __privateSet(this, _redirectUrl, new URL(response.url)) : __privateSet(this, _redirectUrl, void 0), status !== 200) {
__privateMethod(this, _EventSource_instances, failConnection_fn).call(this, `Non-200 status code (${status})`, status);
return;
}
if (!(headers.get("content-type") || "").startsWith("text/event-stream")) {
__privateMethod(this, _EventSource_instances, failConnection_fn).call(this, 'Invalid content type, expected "text/event-stream"', status);
return;
}
if (__privateGet(this, _readyState) === this.CLOSED)
return;
__privateSet(this, _readyState, this.OPEN);
const openEvent = new Event("open");
if ((_a2 = __privateGet(this, _onOpen)) == null || _a2.call(this, openEvent), this.dispatchEvent(openEvent), typeof body != "object" || !body || !("getReader" in body)) {
__privateMethod(this, _EventSource_instances, failConnection_fn).call(this, "Invalid response body, expected a web ReadableStream", status), this.close();
return;
}
const decoder = new TextDecoder(), reader = body.getReader();
let open = true;
do {
const { done, value } = await reader.read();
value && __privateGet(this, _parser).feed(decoder.decode(value, { stream: !done })), done && (open = false, __privateGet(this, _parser).reset(), __privateMethod(this, _EventSource_instances, scheduleReconnect_fn).call(this));
} while (open);
}), __privateAdd(this, _onFetchError, (err) => {
__privateSet(this, _controller, void 0), !(err.name === "AbortError" || err.type === "aborted") && __privateMethod(this, _EventSource_instances, scheduleReconnect_fn).call(this, flattenError(err));
}), __privateAdd(this, _onEvent, (event) => {
typeof event.id == "string" && __privateSet(this, _lastEventId, event.id);
const messageEvent = new MessageEvent(event.event || "message", {
data: event.data,
origin: __privateGet(this, _redirectUrl) ? __privateGet(this, _redirectUrl).origin : __privateGet(this, _url).origin,
lastEventId: event.id || ""
});
__privateGet(this, _onMessage) && (!event.event || event.event === "message") && __privateGet(this, _onMessage).call(this, messageEvent), this.dispatchEvent(messageEvent);
}), __privateAdd(this, _onRetryChange, (value) => {
__privateSet(this, _reconnectInterval, value);
}), __privateAdd(this, _reconnect, () => {
__privateSet(this, _reconnectTimer, void 0), __privateGet(this, _readyState) === this.CONNECTING && __privateMethod(this, _EventSource_instances, connect_fn).call(this);
});
try {
if (url instanceof URL)
__privateSet(this, _url, url);
else if (typeof url == "string")
__privateSet(this, _url, new URL(url, getBaseURL()));
else
throw new Error("Invalid URL");
} catch {
throw syntaxError("An invalid or illegal string was specified");
}
__privateSet(this, _parser, createParser({
onEvent: __privateGet(this, _onEvent),
onRetry: __privateGet(this, _onRetryChange)
})), __privateSet(this, _readyState, this.CONNECTING), __privateSet(this, _reconnectInterval, 3e3), __privateSet(this, _fetch, (_a = eventSourceInitDict == null ? void 0 : eventSourceInitDict.fetch) != null ? _a : globalThis.fetch), __privateSet(this, _withCredentials, (_b = eventSourceInitDict == null ? void 0 : eventSourceInitDict.withCredentials) != null ? _b : false), __privateMethod(this, _EventSource_instances, connect_fn).call(this);
}
get readyState() {
return __privateGet(this, _readyState);
}
get url() {
return __privateGet(this, _url).href;
}
get withCredentials() {
return __privateGet(this, _withCredentials);
}
get onerror() {
return __privateGet(this, _onError);
}
set onerror(value) {
__privateSet(this, _onError, value);
}
get onmessage() {
return __privateGet(this, _onMessage);
}
set onmessage(value) {
__privateSet(this, _onMessage, value);
}
get onopen() {
return __privateGet(this, _onOpen);
}
set onopen(value) {
__privateSet(this, _onOpen, value);
}
addEventListener(type, listener, options) {
const listen = listener;
super.addEventListener(type, listen, options);
}
removeEventListener(type, listener, options) {
const listen = listener;
super.removeEventListener(type, listen, options);
}
close() {
__privateGet(this, _reconnectTimer) && clearTimeout(__privateGet(this, _reconnectTimer)), __privateGet(this, _readyState) !== this.CLOSED && (__privateGet(this, _controller) && __privateGet(this, _controller).abort(), __privateSet(this, _readyState, this.CLOSED), __privateSet(this, _controller, void 0));
}
}
_readyState =   new WeakMap(), _url =   new WeakMap(), _redirectUrl =   new WeakMap(), _withCredentials =   new WeakMap(), _fetch =   new WeakMap(), _reconnectInterval =   new WeakMap(), _reconnectTimer =   new WeakMap(), _lastEventId =   new WeakMap(), _controller =   new WeakMap(), _parser =   new WeakMap(), _onError =   new WeakMap(), _onMessage =   new WeakMap(), _onOpen =   new WeakMap(), _EventSource_instances =   new WeakSet(),
connect_fn = function() {
__privateSet(this, _readyState, this.CONNECTING), __privateSet(this, _controller, new AbortController()), __privateGet(this, _fetch)(__privateGet(this, _url), __privateMethod(this, _EventSource_instances, getRequestOptions_fn).call(this)).then(__privateGet(this, _onFetchResponse)).catch(__privateGet(this, _onFetchError));
}, _onFetchResponse =   new WeakMap(), _onFetchError =   new WeakMap(),
getRequestOptions_fn = function() {
var _a;
const init = {
mode: "cors",
redirect: "follow",
headers: { Accept: "text/event-stream", ...__privateGet(this, _lastEventId) ? { "Last-Event-ID": __privateGet(this, _lastEventId) } : void 0 },
cache: "no-store",
signal: (_a = __privateGet(this, _controller)) == null ? void 0 : _a.signal
};
return "window" in globalThis && (init.credentials = this.withCredentials ? "include" : "same-origin"), init;
}, _onEvent =   new WeakMap(), _onRetryChange =   new WeakMap(),
failConnection_fn = function(message, code) {
var _a;
__privateGet(this, _readyState) !== this.CLOSED && __privateSet(this, _readyState, this.CLOSED);
const errorEvent = new ErrorEvent("error", { code, message });
(_a = __privateGet(this, _onError)) == null || _a.call(this, errorEvent), this.dispatchEvent(errorEvent);
},
scheduleReconnect_fn = function(message, code) {
var _a;
if (__privateGet(this, _readyState) === this.CLOSED)
return;
__privateSet(this, _readyState, this.CONNECTING);
const errorEvent = new ErrorEvent("error", { code, message });
(_a = __privateGet(this, _onError)) == null || _a.call(this, errorEvent), this.dispatchEvent(errorEvent), __privateSet(this, _reconnectTimer, setTimeout(__privateGet(this, _reconnect), __privateGet(this, _reconnectInterval)));
}, _reconnect =   new WeakMap(),
EventSource.CONNECTING = 0,
EventSource.OPEN = 1,
EventSource.CLOSED = 2;
function getBaseURL() {
const doc = "document" in globalThis ? globalThis.document : void 0;
return doc && typeof doc == "object" && "baseURI" in doc && typeof doc.baseURI == "string" ? doc.baseURI : void 0;
}
class EventSourceParserStream extends TransformStream {
constructor({ onError, onRetry, onComment, maxBufferSize } = {}) {
let parser;
super({
start(controller) {
parser = createParser({
onEvent: (event) => {
controller.enqueue(event);
},
onError(error) {
typeof onError == "function" && onError(error), (onError === "terminate" || error.type === "max-buffer-size-exceeded") && controller.error(error);
},
onRetry,
onComment,
maxBufferSize
});
},
transform(chunk) {
parser.feed(chunk);
}
});
}
}
function createPrivateKeyJwtAuth(options) {
return async (_headers, params, url, metadata) => {
if (globalThis.crypto === void 0) throw new TypeError("crypto is not available, please ensure you have Web Crypto API support for older Node.js versions (see https://github.com/modelcontextprotocol/typescript-sdk#nodejs-web-crypto-globalthiscrypto-compatibility)");
const jose = await Promise.resolve().then(function () { return index; });
const audience = String(options.audience ?? metadata?.issuer ?? url);
const lifetimeSeconds = options.lifetimeSeconds ?? 300;
const now = Math.floor(Date.now() / 1e3);
const jti = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
const baseClaims = {
iss: options.issuer,
sub: options.subject,
aud: audience,
exp: now + lifetimeSeconds,
iat: now,
jti
};
const claims = options.claims ? {
...baseClaims,
...options.claims
} : baseClaims;
const alg = options.alg;
let key;
if (typeof options.privateKey === "string") if (alg.startsWith("RS") || alg.startsWith("ES") || alg.startsWith("PS")) key = await jose.importPKCS8(options.privateKey, alg);
else if (alg.startsWith("HS")) key = new TextEncoder().encode(options.privateKey);
else throw new Error(`Unsupported algorithm ${alg}`);
else if (options.privateKey instanceof Uint8Array) key = alg.startsWith("HS") ? options.privateKey : await jose.importPKCS8(new TextDecoder().decode(options.privateKey), alg);
else key = await jose.importJWK(options.privateKey, alg);
const assertion = await new jose.SignJWT(claims).setProtectedHeader({
alg,
typ: "JWT"
}).setIssuer(options.issuer).setSubject(options.subject).setAudience(audience).setIssuedAt(now).setExpirationTime(now + lifetimeSeconds).setJti(jti).sign(key);
params.set("client_assertion", assertion);
params.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
};
}
function checkedExpectedIssuer(expectedIssuer) {
if (expectedIssuer === void 0) console.warn("[mcp-sdk] Omitting `expectedIssuer` is deprecated. Without it, the MCP server decides which authorization server receives this client's credentials; pass your authorization server's issuer URL as `expectedIssuer` so they are only sent there.");
else if (typeof expectedIssuer !== "string" || !expectedIssuer) throw new Error("expectedIssuer must be the authorization server's issuer URL");
return expectedIssuer;
}
var ClientCredentialsProvider = class {
_tokens;
_clientInfo;
_clientMetadata;
constructor(options) {
this._clientInfo = {
client_id: options.clientId,
client_secret: options.clientSecret,
issuer: checkedExpectedIssuer(options.expectedIssuer)
};
this._clientMetadata = {
client_name: options.clientName ?? "client-credentials-client",
redirect_uris: [],
grant_types: ["client_credentials"],
token_endpoint_auth_method: "client_secret_basic",
scope: options.scope
};
}
get redirectUrl() {}
get clientMetadata() {
return this._clientMetadata;
}
clientInformation() {
return this._clientInfo;
}
tokens() {
return this._tokens;
}
saveTokens(tokens) {
this._tokens = tokens;
}
redirectToAuthorization() {
throw new Error("redirectToAuthorization is not used for client_credentials flow");
}
saveCodeVerifier() {}
codeVerifier() {
throw new Error("codeVerifier is not used for client_credentials flow");
}
prepareTokenRequest(scope) {
const params = new URLSearchParams({ grant_type: "client_credentials" });
if (scope) params.set("scope", scope);
return params;
}
};
var PrivateKeyJwtProvider = class {
_tokens;
_clientInfo;
_clientMetadata;
addClientAuthentication;
constructor(options) {
this._clientInfo = {
client_id: options.clientId,
issuer: checkedExpectedIssuer(options.expectedIssuer)
};
this._clientMetadata = {
client_name: options.clientName ?? "private-key-jwt-client",
redirect_uris: [],
grant_types: ["client_credentials"],
token_endpoint_auth_method: "private_key_jwt",
scope: options.scope
};
this.addClientAuthentication = createPrivateKeyJwtAuth({
issuer: options.clientId,
subject: options.clientId,
privateKey: options.privateKey,
alg: options.algorithm,
lifetimeSeconds: options.jwtLifetimeSeconds,
claims: options.claims
});
}
get redirectUrl() {}
get clientMetadata() {
return this._clientMetadata;
}
clientInformation() {
return this._clientInfo;
}
tokens() {
return this._tokens;
}
saveTokens(tokens) {
this._tokens = tokens;
}
redirectToAuthorization() {
throw new Error("redirectToAuthorization is not used for client_credentials flow");
}
saveCodeVerifier() {}
codeVerifier() {
throw new Error("codeVerifier is not used for client_credentials flow");
}
prepareTokenRequest(scope) {
const params = new URLSearchParams({ grant_type: "client_credentials" });
if (scope) params.set("scope", scope);
return params;
}
};
var StaticPrivateKeyJwtProvider = class {
_tokens;
_clientInfo;
_clientMetadata;
addClientAuthentication;
constructor(options) {
this._clientInfo = {
client_id: options.clientId,
issuer: checkedExpectedIssuer(options.expectedIssuer)
};
this._clientMetadata = {
client_name: options.clientName ?? "static-private-key-jwt-client",
redirect_uris: [],
grant_types: ["client_credentials"],
token_endpoint_auth_method: "private_key_jwt",
scope: options.scope
};
const assertion = options.jwtBearerAssertion;
this.addClientAuthentication = async (_headers, params) => {
params.set("client_assertion", assertion);
params.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
};
}
get redirectUrl() {}
get clientMetadata() {
return this._clientMetadata;
}
clientInformation() {
return this._clientInfo;
}
tokens() {
return this._tokens;
}
saveTokens(tokens) {
this._tokens = tokens;
}
redirectToAuthorization() {
throw new Error("redirectToAuthorization is not used for client_credentials flow");
}
saveCodeVerifier() {}
codeVerifier() {
throw new Error("codeVerifier is not used for client_credentials flow");
}
prepareTokenRequest(scope) {
const params = new URLSearchParams({ grant_type: "client_credentials" });
if (scope) params.set("scope", scope);
return params;
}
};
var CrossAppAccessProvider = class {
_tokens;
_clientInfo;
_clientMetadata;
_assertionCallback;
_fetchFn;
_authorizationServerUrl;
_resourceUrl;
_scope;
constructor(options) {
this._clientInfo = {
client_id: options.clientId,
client_secret: options.clientSecret,
issuer: checkedExpectedIssuer(options.expectedIssuer)
};
this._clientMetadata = {
client_name: options.clientName ?? "cross-app-access-client",
redirect_uris: [],
grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
token_endpoint_auth_method: "client_secret_basic"
};
this._assertionCallback = options.assertion;
this._fetchFn = options.fetchFn ?? fetch;
}
get redirectUrl() {}
get clientMetadata() {
return this._clientMetadata;
}
clientInformation() {
return this._clientInfo;
}
tokens() {
return this._tokens;
}
saveTokens(tokens) {
this._tokens = tokens;
}
redirectToAuthorization() {
throw new Error("redirectToAuthorization is not used for jwt-bearer flow");
}
saveCodeVerifier() {}
codeVerifier() {
throw new Error("codeVerifier is not used for jwt-bearer flow");
}
saveAuthorizationServerUrl(authorizationServerUrl) {
this._authorizationServerUrl = authorizationServerUrl;
}
authorizationServerUrl() {
return this._authorizationServerUrl;
}
saveResourceUrl(resourceUrl) {
this._resourceUrl = resourceUrl;
}
resourceUrl() {
return this._resourceUrl;
}
async prepareTokenRequest(scope) {
const authServerUrl = this._authorizationServerUrl;
const resourceUrl = this._resourceUrl;
if (!authServerUrl) throw new Error("Authorization server URL not available. Ensure auth() has been called first.");
if (!resourceUrl) throw new Error("Resource URL not available — server may not implement RFC 9728 Protected Resource Metadata (required for Cross-App Access), or auth() has not been called");
this._scope = scope;
const jwtAuthGrant = await this._assertionCallback({
authorizationServerUrl: authServerUrl,
resourceUrl,
scope: this._scope,
fetchFn: this._fetchFn
});
const params = new URLSearchParams({
grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
assertion: jwtAuthGrant
});
if (scope) params.set("scope", scope);
return params;
}
};
async function requestJwtAuthorizationGrant(options) {
const { tokenEndpoint, audience, resource, idToken, clientId, clientSecret, scope, fetchFn = fetch } = options;
const tokenUrl = assertSecureTokenEndpoint(tokenEndpoint);
const params = new URLSearchParams({
grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
requested_token_type: "urn:ietf:params:oauth:token-type:id-jag",
audience: String(audience),
resource: String(resource),
subject_token: idToken,
subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
client_id: clientId
});
if (clientSecret) params.set("client_secret", clientSecret);
if (scope) params.set("scope", scope);
const response = await fetchWithinOrigin(fetchFn)(tokenUrl, {
method: "POST",
headers: { "Content-Type": "application/x-www-form-urlencoded" },
body: params.toString()
});
if (!response.ok) {
const errorBody = await response.json().catch(() => ({}));
const parseResult$1 = OAuthErrorResponseSchema.safeParse(errorBody);
if (parseResult$1.success) {
const { error, error_description } = parseResult$1.data;
throw new Error(`Token exchange failed: ${error}${error_description ? ` - ${error_description}` : ""}`);
}
throw new Error(`Token exchange failed with status ${response.status}: ${JSON.stringify(errorBody)}`);
}
const parseResult = IdJagTokenExchangeResponseSchema.safeParse(await response.json());
if (!parseResult.success) throw new Error(`Invalid token exchange response: ${parseResult.error.message}`);
return {
jwtAuthGrant: parseResult.data.access_token,
expiresIn: parseResult.data.expires_in,
scope: parseResult.data.scope
};
}
async function discoverAndRequestJwtAuthGrant(options) {
const { idpUrl, fetchFn = fetch, ...restOptions } = options;
const metadata = await discoverAuthorizationServerMetadata(String(idpUrl), { fetchFn });
if (!metadata?.token_endpoint) throw new Error(`Failed to discover token endpoint for IdP: ${idpUrl}`);
return requestJwtAuthorizationGrant({
...restOptions,
tokenEndpoint: metadata.token_endpoint,
fetchFn
});
}
async function exchangeJwtAuthGrant(options) {
const { tokenEndpoint, jwtAuthGrant, clientId, clientSecret, authMethod = "client_secret_basic", fetchFn = fetch } = options;
const tokenUrl = assertSecureTokenEndpoint(tokenEndpoint);
const params = new URLSearchParams({
grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
assertion: jwtAuthGrant
});
const headers = new Headers({ "Content-Type": "application/x-www-form-urlencoded" });
applyClientAuthentication(authMethod, {
client_id: clientId,
client_secret: clientSecret
}, headers, params);
const response = await fetchWithinOrigin(fetchFn)(tokenUrl, {
method: "POST",
headers,
body: params.toString()
});
if (!response.ok) {
const errorBody = await response.json().catch(() => ({}));
const parseResult$1 = OAuthErrorResponseSchema.safeParse(errorBody);
if (parseResult$1.success) {
const { error, error_description } = parseResult$1.data;
throw new Error(`JWT grant exchange failed: ${error}${error_description ? ` - ${error_description}` : ""}`);
}
throw new Error(`JWT grant exchange failed with status ${response.status}: ${JSON.stringify(errorBody)}`);
}
const responseBody = await response.json();
const parseResult = OAuthTokensSchema.safeParse(withoutIssuer(responseBody));
if (!parseResult.success) throw new Error(`Invalid token response: ${parseResult.error.message}`);
return parseResult.data;
}
const DPOP_SUPPORTED_ALGS = [
"ES256",
"ES384",
"ES512",
"RS256",
"RS384",
"RS512",
"PS256",
"PS384",
"PS512",
"EdDSA"
];
const DEFAULT_DPOP_ALG = "ES256";
const DPOP_TYP = "dpop+jwt";
async function importJose() {
if (globalThis.crypto === void 0) throw new TypeError("crypto is not available, please ensure you have Web Crypto API support for older Node.js versions (see https://github.com/modelcontextprotocol/typescript-sdk#nodejs-web-crypto-globalthiscrypto-compatibility)");
return Promise.resolve().then(function () { return index; });
}
async function generateDpopKeyPair(options = {}) {
const alg = options.alg ?? DEFAULT_DPOP_ALG;
const jose = await importJose();
const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: options.extractable ?? false });
const publicJwk = await jose.exportJWK(publicKey);
return {
privateKey,
publicKey,
publicJwk,
thumbprint: await jose.calculateJwkThumbprint(publicJwk, "sha256"),
alg
};
}
async function accessTokenHash(accessToken) {
if (globalThis.crypto?.subtle === void 0) throw new TypeError("crypto.subtle is not available, please ensure you have Web Crypto API support for older Node.js versions (see https://github.com/modelcontextprotocol/typescript-sdk#nodejs-web-crypto-globalthiscrypto-compatibility)");
const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(accessToken));
return base64UrlEncode(new Uint8Array(digest));
}
function base64UrlEncode(bytes) {
let binary = "";
for (const byte of bytes) binary += String.fromCodePoint(byte);
return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
function stripQueryAndFragment(url) {
const u = new URL(url.toString());
return `${u.origin}${u.pathname}`;
}
function randomJti() {
const bytes = new Uint8Array(16);
globalThis.crypto.getRandomValues(bytes);
return base64UrlEncode(bytes);
}
var DpopSession = class DpopSession {
nonces =   new Map();
constructor(keyPair) {
this.keyPair = keyPair;
}
static async create(options = {}) {
return new DpopSession(options.keyPair ?? await generateDpopKeyPair({ alg: options.alg }));
}
get thumbprint() {
return this.keyPair.thumbprint;
}
get alg() {
return this.keyPair.alg;
}
get publicJwk() {
return this.keyPair.publicJwk;
}
nonceFor(url) {
return this.nonces.get(new URL(url.toString()).origin);
}
rememberNonce(url, nonce) {
this.nonces.set(new URL(url.toString()).origin, nonce);
}
observeNonce(response, url) {
const nonce = response.headers.get("dpop-nonce");
if (nonce) this.rememberNonce(url, nonce);
}
async buildProof(request) {
const jose = await importJose();
const htu = stripQueryAndFragment(request.htu);
const nonce = request.nonce ?? this.nonceFor(request.htu);
const payload = {
jti: randomJti(),
htm: request.htm.toUpperCase(),
htu,
iat: Math.floor(Date.now() / 1e3)
};
if (request.accessToken !== void 0) payload.ath = await accessTokenHash(request.accessToken);
if (nonce !== void 0) payload.nonce = nonce;
return new jose.SignJWT(payload).setProtectedHeader({
alg: this.keyPair.alg,
typ: DPOP_TYP,
jwk: this.keyPair.publicJwk
}).sign(this.keyPair.privateKey);
}
};
function hasDpopChallenge(wwwAuthenticate) {
return /(?:^|,)\s*dpop(?:\s|$|,)/i.test(wwwAuthenticate);
}
function isDpopNonceChallenge(response) {
if (response.status !== 401) return false;
const wwwAuthenticate = response.headers.get("www-authenticate") ?? "";
return hasDpopChallenge(wwwAuthenticate) && /use_dpop_nonce/i.test(wwwAuthenticate);
}
const withOAuth = (provider, baseUrl) => (baseNext) => {
const next = provider.dpop ? withDpopFromProvider(provider)(baseNext) : baseNext;
return async (input, init) => {
const makeRequest = async () => {
const headers = new Headers(init?.headers);
const tokens = await provider.tokens();
if (tokens) headers.set("Authorization", `Bearer ${tokens.access_token}`);
return await next(input, {
...init,
headers
});
};
let response = await makeRequest();
if (response.status === 401) try {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
const result = await auth(provider, {
serverUrl: baseUrl || (typeof input === "string" ? new URL(input).origin : input.origin),
resourceMetadataUrl,
scope,
fetchFn: baseNext
});
if (result === "REDIRECT") throw new UnauthorizedError("Authentication requires user authorization - redirect initiated");
if (result !== "AUTHORIZED") throw new UnauthorizedError(`Authentication failed with result: ${result}`);
response = await makeRequest();
} catch (error) {
if (error instanceof UnauthorizedError) throw error;
throw new UnauthorizedError(`Failed to re-authenticate: ${error instanceof Error ? error.message : String(error)}`);
}
if (response.status === 401) throw new UnauthorizedError(`Authentication failed for ${typeof input === "string" ? input : input.toString()}`);
return response;
};
};
const withDpop = (session, getToken) => (next) => {
const resolveSession = typeof session === "function" ? session : () => session;
return async (input, init) => {
const method = (init?.method ?? "GET").toUpperCase();
const url = new URL(input.toString());
const activeSession = await resolveSession();
if (!activeSession) return next(input, init);
const makeRequest = async () => {
const accessToken = await getToken();
if (!accessToken) return next(input, init);
const headers = new Headers(init?.headers);
const proof = await activeSession.buildProof({
htm: method,
htu: url,
accessToken
});
headers.set("Authorization", `DPoP ${accessToken}`);
headers.set("DPoP", proof);
return next(input, {
...init,
headers
});
};
let response = await makeRequest();
if (isDpopNonceChallenge(response) && response.headers.has("dpop-nonce")) {
activeSession.observeNonce(response, url);
await response.text?.().catch(() => {});
response = await makeRequest();
}
activeSession.observeNonce(response, url);
return response;
};
};
const withDpopFromProvider = (provider) => withDpop(async () => {
try {
return await provider.dpop?.();
} catch (error) {
throw markAuthSeamEscape(error);
}
}, async () => {
let tokens;
try {
tokens = await provider.tokens();
} catch (error) {
throw markAuthSeamEscape(error);
}
return tokens?.token_type?.toLowerCase() === "dpop" ? tokens.access_token : void 0;
});
const withLogging = (options = {}) => {
const { logger, includeRequestHeaders = false, includeResponseHeaders = false, statusLevel = 0 } = options;
const defaultLogger = (input) => {
const { method, url, status, statusText, duration, requestHeaders, responseHeaders, error } = input;
let message = error ? `HTTP ${method} ${url} failed: ${error.message} (${duration}ms)` : `HTTP ${method} ${url} ${status} ${statusText} (${duration}ms)`;
if (includeRequestHeaders && requestHeaders) {
const reqHeaders = [...requestHeaders.entries()].map(([key, value]) => `${key}: ${value}`).join(", ");
message += `\n  Request Headers: {${reqHeaders}}`;
}
if (includeResponseHeaders && responseHeaders) {
const resHeaders = [...responseHeaders.entries()].map(([key, value]) => `${key}: ${value}`).join(", ");
message += `\n  Response Headers: {${resHeaders}}`;
}
if (error || status >= 400) console.error(message);
else console.log(message);
};
const logFn = logger || defaultLogger;
return (next) => async (input, init) => {
const startTime = performance.now();
const method = init?.method || "GET";
const url = typeof input === "string" ? input : input.toString();
const requestHeaders = includeRequestHeaders ? new Headers(init?.headers) : void 0;
try {
const response = await next(input, init);
const duration = performance.now() - startTime;
if (response.status >= statusLevel) logFn({
method,
url,
status: response.status,
statusText: response.statusText,
duration,
requestHeaders,
responseHeaders: includeResponseHeaders ? response.headers : void 0
});
return response;
} catch (error) {
logFn({
method,
url,
status: 0,
statusText: "Network Error",
duration: performance.now() - startTime,
requestHeaders,
error
});
throw error;
}
};
};
const applyMiddlewares = (...middleware) => {
return (next) => {
let handler = next;
for (const mw of middleware) handler = mw(handler);
return handler;
};
};
const createMiddleware = (handler) => {
return (next) => (input, init) => handler(next, input, init);
};
var SseError = class extends Error {
static {
Object.defineProperty(this, "mcpBrand", { value: "mcp.SseError" });
}
static [Symbol.hasInstance](value) {
return brandedHasInstance(this, value);
}
static isInstance(value) {
if (typeof this !== "function") throw new TypeError("isInstance must be called on the class (e.g. `SdkError.isInstance(value)`); for callbacks use `v => SdkError.isInstance(v)`");
return brandedHasInstance(this, value);
}
constructor(code, message, event) {
super(`SSE error: ${message}`);
this.code = code;
this.event = event;
stampErrorBrands(this, new.target);
}
};
var SSEClientTransport = class {
_eventSource;
_endpoint;
_abortController;
_url;
_resourceMetadataUrl;
_scope;
_eventSourceInit;
_requestInit;
_authProvider;
_oauthProvider;
_skipIssuerMetadataValidation;
_fetch;
_fetchWithInit;
_redirectPolicy;
_dpop;
_protocolVersion;
onclose;
onerror;
onmessage;
constructor(url, opts) {
this._url = url;
this._resourceMetadataUrl = void 0;
this._scope = void 0;
this._eventSourceInit = opts?.eventSourceInit;
this._requestInit = opts?.requestInit;
this._skipIssuerMetadataValidation = opts?.skipIssuerMetadataValidation;
this._fetch = opts?.fetch;
if (isOAuthClientProvider(opts?.authProvider)) {
this._oauthProvider = opts.authProvider;
this._authProvider = adaptOAuthProvider(opts.authProvider, { skipIssuerMetadataValidation: opts.skipIssuerMetadataValidation });
if (opts.authProvider.dpop) {
this._dpop = withDpopFromProvider(opts.authProvider);
this._fetch = this._dpop(opts.fetch ?? fetch);
}
} else this._authProvider = opts?.authProvider;
this._redirectPolicy = opts?.redirectPolicy;
this._fetchWithInit = createFetchWithInit(opts?.fetch, opts?.requestInit);
if (this._redirectPolicy === "follow") this._fetchWithInit = fetchLeavingRedirects(this._fetchWithInit);
}
_last401Response;
_connectAuthRetried = false;
_redirects(baseFetch) {
return this._redirectPolicy === "follow" ? baseFetch : fetchWithinOrigin(baseFetch);
}
_unfollowedRedirect(url, response) {
const text = this._redirectPolicy === "follow" ? void 0 : unfollowedRedirect(url, response);
return text && `${text} (redirectPolicy: 'same-origin')`;
}
async _commonHeaders() {
const headers = new Headers(this._requestInit?.headers || void 0);
let token;
try {
token = await this._authProvider?.token();
} catch (error) {
throw markAuthSeamEscape(error);
}
if (token) headers.set("Authorization", `Bearer ${token}`);
if (this._protocolVersion) headers.set("mcp-protocol-version", this._protocolVersion);
return headers;
}
_startOrAuth() {
const eventSourceFetch = this._eventSourceInit?.fetch;
const fetchImpl = this._redirects(eventSourceFetch ? this._dpop?.(eventSourceFetch) ?? eventSourceFetch : this._fetch ?? fetch);
let redirect;
return new Promise((resolve, reject) => {
this._eventSource = new EventSource(this._url.href, {
...this._eventSourceInit,
fetch: async (url, init) => {
const headers = await this._commonHeaders();
headers.set("Accept", "text/event-stream");
const response = await fetchImpl(url, {
...init,
headers
});
redirect = this._unfollowedRedirect(url, response);
if (response.status === 401) {
this._last401Response = response;
if (response.headers.has("www-authenticate")) {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
this._resourceMetadataUrl = resourceMetadataUrl;
this._scope = scope;
}
}
return response;
}
});
this._abortController = new AbortController();
this._eventSource.onerror = (event) => {
if (event.code === 401 && this._authProvider) {
if (this._authProvider.onUnauthorized && this._last401Response && !this._connectAuthRetried) {
const response = this._last401Response;
this._last401Response = void 0;
this._connectAuthRetried = true;
this._eventSource?.close();
this._authProvider.onUnauthorized({
response,
serverUrl: this._url,
fetchFn: this._fetchWithInit
}).then(() => this._startOrAuth().then(resolve, reject), (error$2) => {
this._connectAuthRetried = false;
markAuthSeamEscape(error$2);
this.onerror?.(error$2);
reject(error$2);
});
return;
}
const retried = this._connectAuthRetried;
this._connectAuthRetried = false;
const error$1 = markAuthSeamEscape(retried ? new SdkHttpError(SdkErrorCode.ClientHttpAuthentication, "Server returned 401 after re-authentication", {
status: 401,
statusText: this._last401Response?.statusText ?? ""
}) : new UnauthorizedError());
this._last401Response = void 0;
reject(error$1);
this.onerror?.(error$1);
return;
}
this._connectAuthRetried = false;
const error = new SseError(event.code, redirect ?? event.message, event);
reject(error);
this.onerror?.(error);
};
this._eventSource.onopen = () => {
this._connectAuthRetried = false;
};
this._eventSource.addEventListener("endpoint", (event) => {
const messageEvent = event;
try {
this._endpoint = new URL(messageEvent.data, this._url);
if (this._endpoint.origin !== this._url.origin) throw new Error(`Endpoint origin does not match connection origin: ${this._endpoint.origin}`);
} catch (error) {
reject(error);
this.onerror?.(error);
this.close();
return;
}
resolve();
});
this._eventSource.onmessage = (event) => {
const messageEvent = event;
let message;
try {
message = JSONRPCMessageSchema.parse(JSON.parse(messageEvent.data));
} catch (error) {
this.onerror?.(error);
return;
}
this.onmessage?.(message);
};
});
}
async start() {
if (this._eventSource) throw new Error("SSEClientTransport already started! If using Client class, note that connect() calls start() automatically.");
return await this._startOrAuth();
}
async finishAuth(codeOrParams, iss) {
if (!this._oauthProvider) throw new UnauthorizedError("finishAuth requires an OAuthClientProvider");
const { authorizationCode, iss: issParam } = await resolveAuthorizationCallbackParams(codeOrParams, iss, this._oauthProvider, this._url, {
fetchFn: this._fetchWithInit,
resourceMetadataUrl: this._resourceMetadataUrl
});
if (await auth(this._oauthProvider, {
serverUrl: this._url,
authorizationCode,
iss: issParam,
resourceMetadataUrl: this._resourceMetadataUrl,
scope: this._scope,
fetchFn: this._fetchWithInit,
skipIssuerMetadataValidation: this._skipIssuerMetadataValidation
}) !== "AUTHORIZED") throw new UnauthorizedError("Failed to authorize");
}
async close() {
this._abortController?.abort();
this._eventSource?.close();
this.onclose?.();
}
async send(message) {
return this._send(message, false);
}
async _send(message, isAuthRetry) {
if (!this._endpoint) throw new SdkError(SdkErrorCode.NotConnected, "Not connected");
try {
const headers = await this._commonHeaders();
headers.set("content-type", "application/json");
const init = {
...this._requestInit,
method: "POST",
headers,
body: JSON.stringify(message),
signal: this._abortController?.signal
};
const response = await this._redirects(this._fetch ?? fetch)(this._endpoint, init);
if (!response.ok) {
if (response.status === 401 && this._authProvider) {
if (response.headers.has("www-authenticate")) {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
this._resourceMetadataUrl = resourceMetadataUrl;
this._scope = scope;
}
if (this._authProvider.onUnauthorized && !isAuthRetry) {
try {
await this._authProvider.onUnauthorized({
response,
serverUrl: this._url,
fetchFn: this._fetchWithInit
});
} catch (error) {
throw markAuthSeamEscape(error);
}
await response.text?.().catch(() => {});
return this._send(message, true);
}
await response.text?.().catch(() => {});
if (isAuthRetry) throw markAuthSeamEscape(new SdkHttpError(SdkErrorCode.ClientHttpAuthentication, "Server returned 401 after re-authentication", {
status: 401,
statusText: response.statusText
}));
throw markAuthSeamEscape(new UnauthorizedError());
}
const text = await response.text?.().catch(() => null);
throw new Error(`Error POSTing to endpoint (HTTP ${response.status}): ${this._unfollowedRedirect(this._endpoint, response) ?? text}`);
}
await response.text?.().catch(() => {});
} catch (error) {
this.onerror?.(error);
throw error;
}
}
setProtocolVersion(version) {
this._protocolVersion = version;
}
};
const DEFAULT_MAX_STEP_UP_RETRIES = 1;
const DEFAULT_STREAMABLE_HTTP_RECONNECTION_OPTIONS = {
initialReconnectionDelay: 1e3,
maxReconnectionDelay: 3e4,
reconnectionDelayGrowFactor: 1.5,
maxRetries: 2
};
const RESERVED_REQUEST_HEADER_NAMES = new Set([
"authorization",
"dpop",
"content-type",
"mcp-protocol-version",
"mcp-method",
"mcp-name",
"mcp-session-id"
]);
function anySignal(a, b) {
if (typeof AbortSignal.any === "function") return AbortSignal.any([a, b]);
const controller = new AbortController();
if (a.aborted) return controller.abort(a.reason), controller.signal;
if (b.aborted) return controller.abort(b.reason), controller.signal;
const cleanup = () => {
a.removeEventListener("abort", onA);
b.removeEventListener("abort", onB);
};
function onA() {
cleanup();
controller.abort(a.reason);
}
function onB() {
cleanup();
controller.abort(b.reason);
}
a.addEventListener("abort", onA, { once: true });
b.addEventListener("abort", onB, { once: true });
return controller.signal;
}
var StreamableHTTPClientTransport = class {
_abortController;
_url;
_resourceMetadataUrl;
_scope;
_requestInit;
_authProvider;
_oauthProvider;
_skipIssuerMetadataValidation;
_fetch;
_fetchWithInit;
_redirectPolicy;
_sessionId;
_reconnectionOptions;
_protocolVersion;
_onInsufficientScope;
_maxStepUpRetries;
_serverRetryMs;
_reconnectionScheduler;
_cancelReconnection;
onclose;
onerror;
onmessage;
hasPerRequestStream = true;
constructor(url, opts) {
this._url = url;
this._resourceMetadataUrl = void 0;
this._scope = void 0;
this._requestInit = opts?.requestInit;
this._skipIssuerMetadataValidation = opts?.skipIssuerMetadataValidation;
this._fetch = opts?.fetch;
if (isOAuthClientProvider(opts?.authProvider)) {
this._oauthProvider = opts.authProvider;
this._authProvider = adaptOAuthProvider(opts.authProvider, { skipIssuerMetadataValidation: opts.skipIssuerMetadataValidation });
if (opts.authProvider.dpop) this._fetch = withDpopFromProvider(opts.authProvider)(opts.fetch ?? fetch);
} else this._authProvider = opts?.authProvider;
this._redirectPolicy = opts?.redirectPolicy;
this._fetchWithInit = createFetchWithInit(opts?.fetch, opts?.requestInit);
if (this._redirectPolicy === "follow") this._fetchWithInit = fetchLeavingRedirects(this._fetchWithInit);
this._sessionId = opts?.sessionId;
this._protocolVersion = opts?.protocolVersion;
this._reconnectionOptions = opts?.reconnectionOptions ?? DEFAULT_STREAMABLE_HTTP_RECONNECTION_OPTIONS;
this._reconnectionScheduler = opts?.reconnectionScheduler;
this._onInsufficientScope = opts?.onInsufficientScope ?? "reauthorize";
this._maxStepUpRetries = Math.max(0, opts?.maxStepUpRetries ?? DEFAULT_MAX_STEP_UP_RETRIES);
}
async _stepUpAuthorize(challenge, stepUpRetries) {
try {
return await this._stepUpAuthorizeInner(challenge, stepUpRetries);
} catch (error) {
throw markAuthSeamEscape(error);
}
}
async _stepUpAuthorizeInner(challenge, stepUpRetries) {
if (this._onInsufficientScope === "throw") throw new InsufficientScopeError({
requiredScope: challenge.scope,
resourceMetadataUrl: challenge.resourceMetadataUrl,
errorDescription: challenge.errorDescription
});
if (!this._oauthProvider) throw new InsufficientScopeError({
requiredScope: challenge.scope,
resourceMetadataUrl: challenge.resourceMetadataUrl,
errorDescription: challenge.errorDescription
});
if (stepUpRetries >= this._maxStepUpRetries) throw new SdkHttpError(SdkErrorCode.ClientHttpForbidden, `Server returned 403 insufficient_scope after step-up re-authorization (retry limit ${this._maxStepUpRetries} reached)`, {
status: 403,
statusText: challenge.statusText ?? "Forbidden",
text: challenge.text
});
if (challenge.resourceMetadataUrl) this._resourceMetadataUrl = challenge.resourceMetadataUrl;
const tokens = await this._oauthProvider.tokens();
const unionScope = computeScopeUnion(this._scope, tokens?.scope, challenge.scope);
this._scope = unionScope;
const forceReauthorization = isStrictScopeSuperset(unionScope, tokens?.scope);
return auth(this._oauthProvider, {
serverUrl: this._url,
resourceMetadataUrl: this._resourceMetadataUrl,
scope: unionScope,
forceReauthorization,
fetchFn: this._fetchWithInit,
skipIssuerMetadataValidation: this._skipIssuerMetadataValidation
});
}
_redirects(baseFetch) {
return this._redirectPolicy === "follow" ? baseFetch : fetchWithinOrigin(baseFetch);
}
_unfollowedRedirect(url, response) {
const text = this._redirectPolicy === "follow" ? void 0 : unfollowedRedirect(url, response);
return text && `${text} (redirectPolicy: 'same-origin')`;
}
async _commonHeaders() {
const headers = new Headers(this._requestInit?.headers || void 0);
let token;
try {
token = await this._authProvider?.token();
} catch (error) {
throw markAuthSeamEscape(error);
}
if (token) headers.set("Authorization", `Bearer ${token}`);
if (this._sessionId) headers.set("mcp-session-id", this._sessionId);
if (this._protocolVersion) headers.set("mcp-protocol-version", this._protocolVersion);
return headers;
}
_applyBodyDerivedHeaders(headers, message) {
if (Array.isArray(message) || !isJSONRPCRequest(message)) return;
const envelopeVersion = (message.params?._meta)?.[PROTOCOL_VERSION_META_KEY];
if (typeof envelopeVersion !== "string") return;
headers.set("mcp-protocol-version", envelopeVersion);
headers.set("mcp-method", message.method);
const source = mcpNameSource(message.method, message.params);
if (source?.value !== void 0) headers.set("mcp-name", encodeMcpParamValue(source.value));
}
_isModernEnvelopedRequest(message) {
if (Array.isArray(message) || !isJSONRPCRequest(message)) return false;
const v = (message.params?._meta)?.[PROTOCOL_VERSION_META_KEY];
return typeof v === "string" && isModernProtocolVersion(v);
}
async _startOrAuthSse(options, isAuthRetry = false, stepUpRetries = 0) {
const { resumptionToken, requestSignal } = options;
const isIntentionalAbort = () => this._abortController?.signal.aborted === true || requestSignal?.aborted === true;
try {
const headers = await this._commonHeaders();
const types = [...headers.get("accept")?.split(",").map((s) => s.trim().toLowerCase()) ?? [], "text/event-stream"];
headers.set("accept", [...new Set(types)].join(", "));
if (resumptionToken) headers.set("last-event-id", resumptionToken);
const transportSignal = this._abortController?.signal;
const signal = requestSignal !== void 0 && transportSignal !== void 0 ? anySignal(transportSignal, requestSignal) : requestSignal ?? transportSignal;
const response = await this._redirects(this._fetch ?? fetch)(this._url, {
...this._requestInit,
method: "GET",
headers,
signal
});
if (!response.ok) {
if (response.status === 401 && this._authProvider) {
if (response.headers.has("www-authenticate")) {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
this._resourceMetadataUrl = resourceMetadataUrl;
this._scope = computeScopeUnion(this._scope, scope);
}
if (this._authProvider.onUnauthorized && !isAuthRetry) {
try {
await this._authProvider.onUnauthorized({
response,
serverUrl: this._url,
fetchFn: this._fetchWithInit
});
} catch (error) {
throw markAuthSeamEscape(error);
}
await response.text?.().catch(() => {});
return this._startOrAuthSse(options, true, stepUpRetries);
}
await response.text?.().catch(() => {});
if (isAuthRetry) throw markAuthSeamEscape(new SdkHttpError(SdkErrorCode.ClientHttpAuthentication, "Server returned 401 after re-authentication", {
status: 401,
statusText: response.statusText
}));
throw markAuthSeamEscape(new UnauthorizedError());
}
if (response.status === 403) {
const { resourceMetadataUrl, scope, error, errorDescription } = extractWWWAuthenticateParams(response);
if (error === "insufficient_scope") {
const text = await response.text?.().catch(() => null);
if (await this._stepUpAuthorize({
scope,
resourceMetadataUrl,
errorDescription,
statusText: response.statusText,
text
}, stepUpRetries) !== "AUTHORIZED") throw markAuthSeamEscape(new UnauthorizedError());
return this._startOrAuthSse(options, isAuthRetry, stepUpRetries + 1);
}
}
await response.text?.().catch(() => {});
if (response.status === 405) {
options.onRequestStreamEnd?.();
return;
}
const reason = this._unfollowedRedirect(this._url, response) ?? response.statusText;
throw new SdkHttpError(SdkErrorCode.ClientHttpFailedToOpenStream, `Failed to open SSE stream: ${reason}`, {
status: response.status,
statusText: response.statusText
});
}
this._handleSseStream(response.body, options, true);
} catch (error) {
if (!isIntentionalAbort()) this.onerror?.(error);
throw error;
}
}
_getNextReconnectionDelay(attempt) {
if (this._serverRetryMs !== void 0) return this._serverRetryMs;
const initialDelay = this._reconnectionOptions.initialReconnectionDelay;
const growFactor = this._reconnectionOptions.reconnectionDelayGrowFactor;
const maxDelay = this._reconnectionOptions.maxReconnectionDelay;
return Math.min(initialDelay * Math.pow(growFactor, attempt), maxDelay);
}
_scheduleReconnection(options, attemptCount = 0) {
const maxRetries = this._reconnectionOptions.maxRetries;
if (attemptCount >= maxRetries) {
this.onerror?.(  new Error(`Maximum reconnection attempts (${maxRetries}) exceeded.`));
options.onRequestStreamEnd?.();
return;
}
const delay = this._getNextReconnectionDelay(attemptCount);
const reconnect = () => {
this._cancelReconnection = void 0;
if (this._abortController?.signal.aborted || options.requestSignal?.aborted) return;
this._startOrAuthSse(options).catch((error) => {
if (this._abortController?.signal.aborted || options.requestSignal?.aborted) return;
this.onerror?.(  new Error(`Failed to reconnect SSE stream: ${error instanceof Error ? error.message : String(error)}`));
try {
this._scheduleReconnection(options, attemptCount + 1);
} catch (scheduleError) {
this.onerror?.(scheduleError instanceof Error ? scheduleError : new Error(String(scheduleError)));
}
});
};
if (this._reconnectionScheduler) {
const cancel = this._reconnectionScheduler(reconnect, delay, attemptCount);
this._cancelReconnection = typeof cancel === "function" ? cancel : void 0;
} else {
const handle = setTimeout(reconnect, delay);
this._cancelReconnection = () => clearTimeout(handle);
}
}
_handleSseStream(stream, options, isReconnectable) {
if (!stream) {
options.onRequestStreamEnd?.();
return;
}
const { onresumptiontoken, replayMessageId, requestSignal, onRequestStreamEnd } = options;
const isIntentionalAbort = () => this._abortController?.signal.aborted === true || requestSignal?.aborted === true;
let lastEventId;
let hasPrimingEvent = false;
let receivedResponse = false;
const processStream = async () => {
try {
const reader = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream({ onRetry: (retryMs) => {
this._serverRetryMs = retryMs;
} })).getReader();
while (true) {
const { value: event, done } = await reader.read();
if (done) break;
if (event.id) {
lastEventId = event.id;
hasPrimingEvent = true;
onresumptiontoken?.(event.id);
}
if (!event.data) continue;
if (!event.event || event.event === "message") try {
const message = JSONRPCMessageSchema.parse(JSON.parse(event.data));
if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) {
receivedResponse = true;
if (replayMessageId !== void 0) message.id = replayMessageId;
}
this.onmessage?.(message);
} catch (error) {
this.onerror?.(error);
}
}
if ((isReconnectable || hasPrimingEvent) && !receivedResponse && this._abortController && !isIntentionalAbort()) this._scheduleReconnection({
resumptionToken: lastEventId,
onresumptiontoken,
replayMessageId,
requestSignal,
onRequestStreamEnd
}, 0);
else if (!isIntentionalAbort()) onRequestStreamEnd?.();
} catch (error) {
if (isIntentionalAbort()) return;
this.onerror?.(  new Error(`SSE stream disconnected: ${error}`));
if ((isReconnectable || hasPrimingEvent) && !receivedResponse && this._abortController && !isIntentionalAbort()) try {
this._scheduleReconnection({
resumptionToken: lastEventId,
onresumptiontoken,
replayMessageId,
requestSignal,
onRequestStreamEnd
}, 0);
} catch (error$1) {
this.onerror?.(  new Error(`Failed to reconnect: ${error$1 instanceof Error ? error$1.message : String(error$1)}`));
onRequestStreamEnd?.();
}
else onRequestStreamEnd?.();
}
};
processStream();
}
async start() {
if (this._abortController) throw new Error("StreamableHTTPClientTransport already started! If using Client class, note that connect() calls start() automatically.");
this._abortController = new AbortController();
}
async finishAuth(codeOrParams, iss) {
if (!this._oauthProvider) throw new UnauthorizedError("finishAuth requires an OAuthClientProvider");
const { authorizationCode, iss: issParam } = await resolveAuthorizationCallbackParams(codeOrParams, iss, this._oauthProvider, this._url, {
fetchFn: this._fetchWithInit,
resourceMetadataUrl: this._resourceMetadataUrl
});
if (await auth(this._oauthProvider, {
serverUrl: this._url,
authorizationCode,
iss: issParam,
resourceMetadataUrl: this._resourceMetadataUrl,
scope: this._scope,
fetchFn: this._fetchWithInit,
skipIssuerMetadataValidation: this._skipIssuerMetadataValidation
}) !== "AUTHORIZED") throw new UnauthorizedError("Failed to authorize");
}
async close() {
try {
this._cancelReconnection?.();
} finally {
this._cancelReconnection = void 0;
this._abortController?.abort();
this.onclose?.();
}
}
async send(message, options) {
return this._send(message, options, false);
}
async _send(message, options, isAuthRetry, stepUpRetries = 0) {
try {
const { resumptionToken, onresumptiontoken } = options || {};
if (resumptionToken) {
this._startOrAuthSse({
resumptionToken,
replayMessageId: isJSONRPCRequest(message) ? message.id : void 0,
requestSignal: options?.requestSignal
}).catch((error) => this.onerror?.(error));
return;
}
const headers = await this._commonHeaders();
this._applyBodyDerivedHeaders(headers, message);
const isHandshake = Array.isArray(message) ? message.some((m) => isInitializeRequest(m)) : isInitializeRequest(message);
if (isHandshake) headers.delete("mcp-session-id");
if (options?.headers !== void 0) for (const [name, value] of Object.entries(options.headers)) {
if (RESERVED_REQUEST_HEADER_NAMES.has(name.toLowerCase())) continue;
headers.set(name, value);
}
headers.set("content-type", "application/json");
const types = [
...headers.get("accept")?.split(",").map((s) => s.trim().toLowerCase()) ?? [],
"application/json",
"text/event-stream"
];
headers.set("accept", [...new Set(types)].join(", "));
const transportSignal = this._abortController?.signal;
const signal = options?.requestSignal !== void 0 && transportSignal !== void 0 ? anySignal(transportSignal, options.requestSignal) : options?.requestSignal ?? transportSignal;
const init = {
...this._requestInit,
method: "POST",
headers,
body: JSON.stringify(message),
signal
};
const response = await this._redirects(this._fetch ?? fetch)(this._url, init);
if (isHandshake && response.ok) this._sessionId = response.headers.get("mcp-session-id") || void 0;
if (!response.ok) {
if (response.status === 401 && this._authProvider) {
if (response.headers.has("www-authenticate")) {
const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
this._resourceMetadataUrl = resourceMetadataUrl;
this._scope = computeScopeUnion(this._scope, scope);
}
if (this._authProvider.onUnauthorized && !isAuthRetry) {
try {
await this._authProvider.onUnauthorized({
response,
serverUrl: this._url,
fetchFn: this._fetchWithInit
});
} catch (error) {
throw markAuthSeamEscape(error);
}
await response.text?.().catch(() => {});
return this._send(message, options, true, stepUpRetries);
}
await response.text?.().catch(() => {});
if (isAuthRetry) throw markAuthSeamEscape(new SdkHttpError(SdkErrorCode.ClientHttpAuthentication, "Server returned 401 after re-authentication", {
status: 401,
statusText: response.statusText
}));
throw markAuthSeamEscape(new UnauthorizedError());
}
const text = await response.text?.().catch(() => null);
if (response.status === 403) {
const { resourceMetadataUrl, scope, error, errorDescription } = extractWWWAuthenticateParams(response);
if (error === "insufficient_scope") {
if (await this._stepUpAuthorize({
scope,
resourceMetadataUrl,
errorDescription,
statusText: response.statusText,
text
}, stepUpRetries) !== "AUTHORIZED") throw markAuthSeamEscape(new UnauthorizedError());
return this._send(message, options, isAuthRetry, stepUpRetries + 1);
}
}
if (response.status === 400 && typeof text === "string" && this._isModernEnvelopedRequest(message)) try {
const parsed = JSONRPCMessageSchema.parse(JSON.parse(text));
const requests = (Array.isArray(message) ? message : [message]).filter((m) => isJSONRPCRequest(m));
if (isJSONRPCErrorResponse(parsed) && requests.some((r) => r.id === parsed.id)) {
this.onmessage?.(parsed);
return;
}
} catch {}
const reason = this._unfollowedRedirect(this._url, response) ?? text;
throw new SdkHttpError(SdkErrorCode.ClientHttpNotImplemented, `Error POSTing to endpoint: ${reason}`, {
status: response.status,
statusText: response.statusText,
text
});
}
if (response.status === 202) {
await response.text?.().catch(() => {});
if (isInitializedNotification(message)) this._startOrAuthSse({ resumptionToken: void 0 }).catch((error) => this.onerror?.(error));
return;
}
const hasRequests = (Array.isArray(message) ? message : [message]).some((msg) => "method" in msg && "id" in msg && msg.id !== void 0);
const contentType = response.headers.get("content-type");
const responseMediaType = mediaTypeEssence(contentType);
if (hasRequests) if (responseMediaType === "text/event-stream") this._handleSseStream(response.body, {
onresumptiontoken,
requestSignal: options?.requestSignal,
onRequestStreamEnd: options?.onRequestStreamEnd
}, false);
else if (responseMediaType === "application/json") {
const data = await response.json();
const responseMessages = Array.isArray(data) ? data.map((msg) => JSONRPCMessageSchema.parse(msg)) : [JSONRPCMessageSchema.parse(data)];
for (const msg of responseMessages) this.onmessage?.(msg);
} else {
await response.text?.().catch(() => {});
throw new SdkError(SdkErrorCode.ClientHttpUnexpectedContent, `Unexpected content type: ${contentType}`, { contentType });
}
else await response.text?.().catch(() => {});
} catch (error) {
if (options?.requestSignal?.aborted !== true) this.onerror?.(error);
throw error;
}
}
get sessionId() {
return this._sessionId;
}
async terminateSession() {
if (!this._sessionId) return;
try {
const headers = await this._commonHeaders();
const init = {
...this._requestInit,
method: "DELETE",
headers,
signal: this._abortController?.signal
};
const response = await this._redirects(this._fetch ?? fetch)(this._url, init);
await response.text?.().catch(() => {});
if (!response.ok && response.status !== 405) throw new SdkHttpError(SdkErrorCode.ClientHttpFailedToTerminateSession, `Failed to terminate session: ${this._unfollowedRedirect(this._url, response) ?? response.statusText}`, {
status: response.status,
statusText: response.statusText
});
this._sessionId = void 0;
} catch (error) {
this.onerror?.(error);
throw error;
}
}
setProtocolVersion(version) {
this._protocolVersion = version;
}
get protocolVersion() {
return this._protocolVersion;
}
async resumeStream(lastEventId, options) {
await this._startOrAuthSse({
resumptionToken: lastEventId,
onresumptiontoken: options?.onresumptiontoken
});
}
};
let _defaultValidator;
function fromJsonSchema(schema, validator) {
return fromJsonSchema$1(schema, validator ?? (_defaultValidator ??= new CfWorkerJsonSchemaValidator()));
}
const encoder = new TextEncoder(), decoder = new TextDecoder(), strictDecoder = new TextDecoder("utf-8", { fatal: true }), UINT32_RANGE = 2 ** 32;
function concat(...buffers) {
const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
let i = 0;
for (const buffer of buffers)
buf.set(buffer, i), i += buffer.length;
return buf;
}
function writeUInt32BE(buf, value, offset) {
if (value < 0 || value >= UINT32_RANGE)
throw new RangeError(`value must be >= 0 and <= ${UINT32_RANGE - 1}. Received ${value}`);
buf.set([value >>> 24, value >>> 16, value >>> 8, value & 255], offset);
}
function uint64be(value) {
const high = Math.floor(value / UINT32_RANGE), low = value % UINT32_RANGE, buf = new Uint8Array(8);
return writeUInt32BE(buf, high, 0), writeUInt32BE(buf, low, 4), buf;
}
function uint32be(value) {
const buf = new Uint8Array(4);
return writeUInt32BE(buf, value), buf;
}
const NON_ASCII = /[^\x00-\x7f]/;
function encode$1(string) {
if (typeof string == "string" && string.length >= 128) {
if (NON_ASCII.test(string))
throw new TypeError("non-ASCII string encountered in encode()");
return encoder.encode(string);
}
const bytes = new Uint8Array(string.length);
for (let i = 0; i < string.length; i++) {
const code = string.charCodeAt(i);
if (code > 127)
throw new TypeError("non-ASCII string encountered in encode()");
bytes[i] = code;
}
return bytes;
}
function encodeBase64(input, url = false) {
if (Uint8Array.prototype.toBase64)
return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
const CHUNK_SIZE = 32768, arr = [];
for (let i = 0; i < input.length; i += CHUNK_SIZE)
arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
const encoded = btoa(arr.join(""));
return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = false) {
if (Uint8Array.fromBase64)
return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
if (url) {
if (encoded.includes("+") || encoded.includes("/"))
throw new TypeError("Invalid base64url");
encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
}
const binary = atob(encoded), bytes = new Uint8Array(binary.length);
for (let i = 0; i < binary.length; i++)
bytes[i] = binary.charCodeAt(i);
return bytes;
}
async function digest(algorithm, data) {
const subtleDigest = `SHA-${algorithm.slice(-3)}`;
return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}
class JOSEError extends Error {
static code = "ERR_JOSE_GENERIC";
code = "ERR_JOSE_GENERIC";
constructor(message, options) {
super(message, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
}
}
class JWTClaimValidationFailed extends JOSEError {
static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
claim;
reason;
payload;
constructor(message, payload, claim = "unspecified", reason = "unspecified") {
super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
}
}
class JWTExpired extends JOSEError {
static code = "ERR_JWT_EXPIRED";
code = "ERR_JWT_EXPIRED";
claim;
reason;
payload;
constructor(message, payload, claim = "unspecified", reason = "unspecified") {
super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
}
}
class JOSEAlgNotAllowed extends JOSEError {
static code = "ERR_JOSE_ALG_NOT_ALLOWED";
code = "ERR_JOSE_ALG_NOT_ALLOWED";
}
class JOSENotSupported extends JOSEError {
static code = "ERR_JOSE_NOT_SUPPORTED";
code = "ERR_JOSE_NOT_SUPPORTED";
}
class JWEDecryptionFailed extends JOSEError {
static code = "ERR_JWE_DECRYPTION_FAILED";
code = "ERR_JWE_DECRYPTION_FAILED";
constructor(message = "decryption operation failed", options) {
super(message, options);
}
}
class JWEInvalid extends JOSEError {
static code = "ERR_JWE_INVALID";
code = "ERR_JWE_INVALID";
}
class JWSInvalid extends JOSEError {
static code = "ERR_JWS_INVALID";
code = "ERR_JWS_INVALID";
}
class JWTInvalid extends JOSEError {
static code = "ERR_JWT_INVALID";
code = "ERR_JWT_INVALID";
}
class JWKInvalid extends JOSEError {
static code = "ERR_JWK_INVALID";
code = "ERR_JWK_INVALID";
}
class JWKSInvalid extends JOSEError {
static code = "ERR_JWKS_INVALID";
code = "ERR_JWKS_INVALID";
}
class JWKSNoMatchingKey extends JOSEError {
static code = "ERR_JWKS_NO_MATCHING_KEY";
code = "ERR_JWKS_NO_MATCHING_KEY";
constructor(message = "no applicable key found in the JSON Web Key Set", options) {
super(message, options);
}
}
class JWKSMultipleMatchingKeys extends JOSEError {
[Symbol.asyncIterator] = async function* () {
};
static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
constructor(message = "multiple matching keys found in the JSON Web Key Set", options) {
super(message, options);
}
}
class JWKSTimeout extends JOSEError {
static code = "ERR_JWKS_TIMEOUT";
code = "ERR_JWKS_TIMEOUT";
constructor(message = "request timed out", options) {
super(message, options);
}
}
class JWSSignatureVerificationFailed extends JOSEError {
static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
constructor(message = "signature verification failed", options) {
super(message, options);
}
}
var errors =  Object.freeze({
__proto__: null,
JOSEAlgNotAllowed: JOSEAlgNotAllowed,
JOSEError: JOSEError,
JOSENotSupported: JOSENotSupported,
JWEDecryptionFailed: JWEDecryptionFailed,
JWEInvalid: JWEInvalid,
JWKInvalid: JWKInvalid,
JWKSInvalid: JWKSInvalid,
JWKSMultipleMatchingKeys: JWKSMultipleMatchingKeys,
JWKSNoMatchingKey: JWKSNoMatchingKey,
JWKSTimeout: JWKSTimeout,
JWSInvalid: JWSInvalid,
JWSSignatureVerificationFailed: JWSSignatureVerificationFailed,
JWTClaimValidationFailed: JWTClaimValidationFailed,
JWTExpired: JWTExpired,
JWTInvalid: JWTInvalid
});
const invalid = "The input to be decoded is not correctly encoded.";
function decode(input) {
try {
return decodeBase64(typeof input == "string" ? input : decoder.decode(input), !0);
} catch (cause) {
throw new TypeError(invalid, { cause });
}
}
function encode(input) {
return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, true);
}
var base64url =  Object.freeze({
__proto__: null,
decode: decode,
encode: encode
});
function assertUint8Array(input, label) {
if (!(input instanceof Uint8Array))
throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function isObject(input) {
if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
return false;
const prototype = Object.getPrototypeOf(input);
return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
return isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(isObject);
}
function isDisjoint(...headers) {
const parameters =   new Set();
for (const header of headers)
if (header)
for (const parameter of Object.keys(header)) {
if (parameters.has(parameter))
return false;
parameters.add(parameter);
}
return true;
}
function assertNotSet(value, name) {
if (value !== void 0)
throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
try {
return decode(value);
} catch (cause) {
throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
}
}
function encodeAsciiMember(value, label, ErrorClass) {
try {
return encode$1(value);
} catch (cause) {
throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
}
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message) {
let parsed;
try {
parsed = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
} catch (cause) {
throw new ErrorClass(message, { cause });
}
if (!isObject(parsed))
throw new ErrorClass(message);
return parsed;
}
const JWS_RECOGNIZED = { __proto__: null, b64: true }, JWE_RECOGNIZED = { __proto__: null };
function validateAlgorithms(option, algorithms) {
if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
throw new TypeError(`"${option}" option must be an array of strings`);
return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
const { crit } = protectedHeader ?? {};
if (Array.isArray(crit) && new Set(crit).size !== crit.length)
throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
if (!protectedHeader || protectedHeader.crit === void 0)
return [];
if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
for (const parameter of protectedHeader.crit) {
if (!(parameter in recognized))
throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
throw new Err(`Extension Header Parameter "${parameter}" is missing`);
if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
}
return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
if (extensions.includes("b64")) {
const b64 = protectedHeader.b64;
if (typeof b64 != "boolean")
throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
return b64;
}
return true;
}
function serializeJoseHeader(Err, header) {
let serialized, parsed;
try {
serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
} catch (cause) {
throw new Err("JOSE Header is not valid JSON", { cause });
}
if (!isObject(parsed))
throw new Err("JOSE Header is not a JSON object");
return [parsed, serialized];
}
const tag = (key) => key[Symbol.toStringTag], jwkMatchesOp = (entry, key, usage) => {
const { alg } = entry;
if (key.use !== void 0) {
const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
if (key.use !== expected)
throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
}
if (key.kty === "AKP" && key.alg === void 0)
throw new TypeError('missing "alg" (Algorithm) Parameter value');
if (key.alg !== void 0 && key.alg !== alg)
throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
if (Array.isArray(key.key_ops)) {
const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry.ops?.[usage === "encrypt" ? 0 : 1] : usage;
if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
}
};
async function prepareKey(entry, key, usage) {
const { alg, secret } = entry, requiresPrivateKey = usage === "decrypt" || usage === "sign";
if (secret && key instanceof Uint8Array)
return key;
let normalized, keyObject;
if (isObject(key)) {
if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
throw invalidKeyType(alg, key, secret);
if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
if (jwkMatchesOp(entry, normalized, usage), normalized.kty === "oct")
return decode(normalized.k);
if (!Object.isFrozen(key)) {
const { key_ops } = key;
Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
}
} else {
if (!isKeyLike(key))
throw invalidKeyType(alg, key, secret);
const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
if (isCryptoKey(key))
return key;
if (keyObject = key, keyObject.type === "secret")
return keyObject.export();
}
cache ||=   new WeakMap();
const cacheKey = key;
let cached = cache.get(cacheKey);
if (cached?.[alg])
return cached[alg];
if (cached || cache.set(cacheKey, cached = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry.subtle;
return cached[alg] = keyObject.toCryptoKey(params, isPublic, entry.usages[isPublic ? 0 : 1]);
}
return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached[alg] = await jwkToKey(entry, normalized);
}
let cache;
const nist = {
__proto__: null,
prime256v1: "P-256",
secp384r1: "P-384",
secp521r1: "P-521"
};
function assertCryptoKey(key) {
if (!isCryptoKey(key))
throw new Error("CryptoKey instance expected");
}
const isCryptoKey = (key) => {
if (key?.[Symbol.toStringTag] === "CryptoKey")
return true;
try {
return key instanceof CryptoKey;
} catch {
return false;
}
}, isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject", isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
if (types.length > 2) {
const last = types.pop();
msg += `one of type ${types.join(", ")}, or ${last}.`;
} else types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
const invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
const unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
function checkUsage(key, usage) {
if (usage && !key.usages.includes(usage))
throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
const { modulusLength } = key.algorithm;
if (typeof modulusLength != "number" || modulusLength < 2048)
throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
const algorithm = key.algorithm;
if (algorithm.name !== expected.name)
throw unusable(expected.name);
if (expected.hash && algorithm.hash?.name !== expected.hash)
throw unusable(expected.hash, "algorithm.hash");
if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
throw unusable(expected.namedCurve, "algorithm.namedCurve");
if (expected.length !== void 0 && algorithm.length !== expected.length)
throw unusable(expected.length, "algorithm.length");
checkUsage(key, usage);
}
function snapshotJwk(jwk) {
return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
const normalized = snapshotJwk(jwk);
if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
if (normalized.key_ops !== void 0) {
const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
normalized.key_ops = keyOps;
}
return normalized;
}
function validateExtractableOption(extractable) {
if (extractable !== void 0 && typeof extractable != "boolean")
throw new TypeError('"extractable" option must be a boolean');
return extractable;
}
async function jwkToKey(entry, jwk, extractable) {
if (!entry.kty.includes(jwk.kty))
throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
const algorithm = entry.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = false) {
return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}
const generateCek = (enc) => crypto.getRandomValues(new Uint8Array(enc.cekBits >> 3));
function checkCekLength(cek, expected) {
const actual = cek.byteLength << 3;
if (actual !== expected)
throw new JWEInvalid(`Invalid Content Encryption Key length. Expected ${expected} bits, got ${actual} bits`);
}
const generateIv = (enc) => crypto.getRandomValues(new Uint8Array(enc.ivBits >> 3));
function checkIvLength(enc, iv) {
if (iv.length << 3 !== enc.ivBits)
throw new JWEInvalid("Invalid Initialization Vector length");
}
async function cbcKeySetup(enc, cek, usage) {
if (!(cek instanceof Uint8Array))
throw new TypeError(invalidKeyInput(cek, "Uint8Array"));
const keyLengthBits = enc.cekBits >> 1, encKey = await crypto.subtle.importKey("raw", cek.subarray(keyLengthBits >> 3), "AES-CBC", false, [usage]), macKey = await crypto.subtle.importKey("raw", cek.subarray(0, keyLengthBits >> 3), {
hash: `SHA-${keyLengthBits << 1}`,
name: "HMAC"
}, false, ["sign"]);
return [encKey, macKey, keyLengthBits];
}
async function cbcHmacTag(macKey, macData, keyLengthBits) {
return new Uint8Array((await crypto.subtle.sign("HMAC", macKey, macData)).slice(0, keyLengthBits >> 3));
}
async function cbcEncrypt(enc, plaintext, cek, iv, aad) {
const [encKey, macKey, keyLengthBits] = await cbcKeySetup(enc, cek, "encrypt"), ciphertext = new Uint8Array(await crypto.subtle.encrypt({
iv,
name: "AES-CBC"
}, encKey, plaintext)), al = uint64be(aad.length * 8), macData = concat(aad, iv, ciphertext, al), tag = await cbcHmacTag(macKey, macData, keyLengthBits);
return { ciphertext, tag, iv };
}
async function timingSafeEqual(a, b) {
const algorithm = { name: "HMAC", hash: "SHA-256" }, key = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]), aHmac = await crypto.subtle.sign(algorithm, key, a);
return crypto.subtle.verify(algorithm, key, aHmac, b);
}
async function cbcDecrypt(enc, cek, ciphertext, iv, tag, aad) {
const [encKey, macKey, keyLengthBits] = await cbcKeySetup(enc, cek, "decrypt"), al = uint64be(aad.length * 8), macData = concat(aad, iv, ciphertext, al), expectedTag = await cbcHmacTag(macKey, macData, keyLengthBits);
try {
if (await timingSafeEqual(tag, expectedTag))
return new Uint8Array(await crypto.subtle.decrypt({ iv, name: "AES-CBC" }, encKey, ciphertext));
} catch {
}
throw new JWEDecryptionFailed();
}
async function encrypt(enc, plaintext, cek, iv, aad) {
if (!isCryptoKey(cek) && !(cek instanceof Uint8Array))
throw new TypeError(invalidKeyInput(cek, "CryptoKey", "KeyObject", "Uint8Array", "JSON Web Key"));
if (iv ? checkIvLength(enc, iv) : iv = generateIv(enc), cek instanceof Uint8Array && checkCekLength(cek, enc.cekBits), enc.cbc)
return cbcEncrypt(enc, plaintext, cek, iv, aad);
const encKey = await rawKey(cek, enc.subtle, "encrypt"), encrypted = new Uint8Array(await crypto.subtle.encrypt({
additionalData: aad,
iv,
name: "AES-GCM",
tagLength: 128
}, encKey, plaintext));
return { ciphertext: encrypted.subarray(0, -16), tag: encrypted.subarray(-16), iv };
}
async function decrypt(enc, cek, ciphertext, iv, tag, aad) {
if (!isCryptoKey(cek) && !(cek instanceof Uint8Array))
throw new TypeError(invalidKeyInput(cek, "CryptoKey", "KeyObject", "Uint8Array", "JSON Web Key"));
if (!iv)
throw new JWEInvalid("JWE Initialization Vector missing");
if (!tag)
throw new JWEInvalid("JWE Authentication Tag missing");
if (!enc.cbc && tag.length !== 16)
throw new JWEInvalid("Invalid Authentication Tag length");
if (checkIvLength(enc, iv), cek instanceof Uint8Array && checkCekLength(cek, enc.cekBits), enc.cbc)
return cbcDecrypt(enc, cek, ciphertext, iv, tag, aad);
const encKey = await rawKey(cek, enc.subtle, "decrypt");
try {
return new Uint8Array(await crypto.subtle.decrypt({
additionalData: aad,
iv,
name: "AES-GCM",
tagLength: 128
}, encKey, concat(ciphertext, tag)));
} catch {
throw new JWEDecryptionFailed();
}
}
function table(entries) {
const out = { __proto__: null };
for (const alg in entries)
out[alg] = { ...entries[alg], alg };
return out;
}
const wrap = [
["encrypt", "wrapKey"],
["decrypt", "unwrapKey"]
], derive = [[], ["deriveBits"]], none = [[], []];
function rsaes(bits) {
return {
kty: ["RSA"],
mode: "key-encryption",
subtle: { name: "RSA-OAEP", hash: `SHA-${bits}` },
usages: wrap,
ops: ["wrapKey", "unwrapKey"]
};
}
function ecdh(mode) {
return {
kty: ["EC", "OKP"],
mode,
subtle: { name: "ECDH" },
resolve: ({ kty, crv, asymmetricKeyType }) => {
if (crv === "X25519" || asymmetricKeyType === "x25519")
return { name: "X25519" };
if (kty === "OKP")
throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
return { name: "ECDH", namedCurve: crv };
},
usages: derive,
ops: [void 0, "deriveBits"]
};
}
function aeskw(bits, gcm = false) {
return {
kty: ["oct"],
mode: "key-wrapping",
secret: true,
subtle: { name: gcm ? "AES-GCM" : "AES-KW", length: bits },
usages: none,
ops: gcm ? ["encrypt", "decrypt"] : ["wrapKey", "unwrapKey"]
};
}
function pbes2() {
return {
kty: ["oct"],
mode: "key-wrapping",
secret: true,
subtle: { name: "PBKDF2" },
usages: none,
ops: ["deriveBits", "deriveBits"]
};
}
const JWE = table({
dir: {
kty: ["oct"],
mode: "direct-encryption",
secret: true,
subtle: { name: "AES-GCM" },
usages: none,
ops: ["encrypt", "decrypt"]
},
"RSA-OAEP": rsaes(1),
"RSA-OAEP-256": rsaes(256),
"RSA-OAEP-384": rsaes(384),
"RSA-OAEP-512": rsaes(512),
"ECDH-ES": ecdh("direct-key-agreement"),
"ECDH-ES+A128KW": ecdh("key-agreement-with-key-wrapping"),
"ECDH-ES+A192KW": ecdh("key-agreement-with-key-wrapping"),
"ECDH-ES+A256KW": ecdh("key-agreement-with-key-wrapping"),
A128KW: aeskw(128),
A192KW: aeskw(192),
A256KW: aeskw(256),
A128GCMKW: aeskw(128, true),
A192GCMKW: aeskw(192, true),
A256GCMKW: aeskw(256, true),
"PBES2-HS256+A128KW": pbes2(),
"PBES2-HS384+A192KW": pbes2(),
"PBES2-HS512+A256KW": pbes2()
}), contentOps = ["encrypt", "decrypt"];
function contentEncryption(bits, cbc = false) {
return {
kty: ["oct"],
secret: true,
subtle: { name: cbc ? "AES-CBC" : "AES-GCM", length: bits },
usages: none,
ops: contentOps,
cekBits: bits,
ivBits: cbc ? 128 : 96,
cbc
};
}
const ENC = table({
A128GCM: contentEncryption(128),
A192GCM: contentEncryption(192),
A256GCM: contentEncryption(256),
"A128CBC-HS256": contentEncryption(256, true),
"A192CBC-HS384": contentEncryption(384, true),
"A256CBC-HS512": contentEncryption(512, true)
});
function unsupported(parameter, name) {
throw new JOSENotSupported(`Invalid or unsupported "${parameter}" (JWE ${name}) header value`);
}
function jweAlgorithm(alg) {
return (typeof alg == "string" ? JWE[alg] : void 0) ?? unsupported("alg", "Algorithm");
}
function isJWECEKTransport(algorithm) {
return algorithm.mode === "key-wrapping" || algorithm.mode === "key-encryption" || algorithm.mode === "key-agreement-with-key-wrapping";
}
function jweEncryption(enc) {
return (typeof enc == "string" ? ENC[enc] : void 0) ?? unsupported("enc", "Encryption Algorithm");
}
function checkEcdhCryptoKey(key, usage) {
if (key.algorithm.name !== "ECDH" && key.algorithm.name !== "X25519")
throw new TypeError("CryptoKey does not support this operation, its algorithm.name must be ECDH or X25519");
checkUsage(key, usage);
}
async function aeskwWrap(alg, key, cek) {
const cryptoKey = await rawKey(key, jweAlgorithm(alg).subtle, "wrapKey", true), cryptoKeyCek = await crypto.subtle.importKey("raw", cek, { hash: "SHA-256", name: "HMAC" }, true, ["sign"]);
return new Uint8Array(await crypto.subtle.wrapKey("raw", cryptoKeyCek, cryptoKey, "AES-KW"));
}
async function aeskwUnwrap(alg, key, encryptedKey) {
const cryptoKey = await rawKey(key, jweAlgorithm(alg).subtle, "unwrapKey", true), cryptoKeyCek = await crypto.subtle.unwrapKey("raw", encryptedKey, cryptoKey, "AES-KW", { hash: "SHA-256", name: "HMAC" }, true, ["sign"]);
return new Uint8Array(await crypto.subtle.exportKey("raw", cryptoKeyCek));
}
function checkRsaKey(alg, key, usage) {
checkCryptoKey(key, jweAlgorithm(alg).subtle, usage), checkModulusLength(alg, key);
}
async function deriveKey(p2s, alg, p2c, key) {
if (!(p2s instanceof Uint8Array) || p2s.length < 8)
throw new JWEInvalid("PBES2 Salt Input must be 8 or more octets");
if (!Number.isSafeInteger(p2c) || Math.sign(p2c) !== 1)
throw new JWEInvalid("PBES2 Count Input must be a positive integer");
const salt = concat(encode$1(alg), Uint8Array.of(0), p2s), keyLengthBits = parseInt(alg.slice(13, 16), 10), subtleAlg = {
hash: `SHA-${alg.slice(8, 11)}`,
iterations: p2c,
name: "PBKDF2",
salt
}, cryptoKey = await rawKey(key, jweAlgorithm(alg).subtle, "deriveBits");
return new Uint8Array(await crypto.subtle.deriveBits(subtleAlg, cryptoKey, keyLengthBits));
}
function lengthAndInput(input) {
return concat(uint32be(input.length), input);
}
async function concatKdf(Z, keyDataLength, OtherInfo) {
const dkLen = keyDataLength >> 3, hashLen = 32, reps = Math.ceil(dkLen / hashLen), dk = new Uint8Array(reps * hashLen);
for (let i = 1; i <= reps; i++) {
const hashResult = await digest("sha256", concat(uint32be(i), Z, OtherInfo));
dk.set(hashResult, (i - 1) * hashLen);
}
return dk.slice(0, dkLen);
}
async function ecdhesDeriveKey(publicKey, privateKey, algorithmId, keyDataLength, apu = new Uint8Array(), apv = new Uint8Array()) {
checkEcdhCryptoKey(publicKey), checkEcdhCryptoKey(privateKey, "deriveBits");
const otherInfo = concat(lengthAndInput(encode$1(algorithmId)), lengthAndInput(apu), lengthAndInput(apv), uint32be(keyDataLength)), Z = new Uint8Array(await crypto.subtle.deriveBits({
name: publicKey.algorithm.name,
public: publicKey
}, privateKey, publicKey.algorithm.name === "X25519" ? 256 : Math.ceil(parseInt(publicKey.algorithm.namedCurve.slice(-3), 10) / 8) << 3));
return concatKdf(Z, keyDataLength, otherInfo);
}
function assertEcdhKey(key) {
assertCryptoKey(key);
const curve = key.algorithm.namedCurve;
if (curve !== "P-256" && curve !== "P-384" && curve !== "P-521" && key.algorithm.name !== "X25519")
throw new JOSENotSupported("ECDH with the provided key is not allowed or not supported by your javascript runtime");
}
function partyInfo(joseHeader, name) {
const value = joseHeader[name];
if (value !== void 0) {
if (typeof value != "string")
throw new JWEInvalid(`JOSE Header "${name}" (Agreement Party${name === "apu" ? "U" : "V"}Info) invalid`);
return decodeBase64url(value, name, JWEInvalid);
}
}
function checkPartyInfo(apu, apv) {
if (!(apu === void 0 || apv === void 0 || apu.byteLength !== apv.byteLength)) {
for (let i = 0; i < apu.byteLength; i++)
if (apu[i] !== apv[i])
return;
throw new JWEInvalid('JOSE Header "apu" and "apv" values must be distinct');
}
}
function assertEncryptedKey(encryptedKey) {
if (encryptedKey === void 0)
throw new JWEInvalid("JWE Encrypted Key missing");
}
function assertNoEncryptedKey(encryptedKey) {
if (encryptedKey !== void 0)
throw new JWEInvalid("Encountered unexpected JWE Encrypted Key");
}
function validateMaxPBES2Count(value) {
if (value !== void 0 && value !== 1 / 0 && (!Number.isSafeInteger(value) || value < 1))
throw new TypeError("maxPBES2Count must be a positive safe integer or Infinity");
}
async function decryptKeyManagement(entry, enc, key, encryptedKey, joseHeader, maxPBES2Count) {
const { alg } = entry, mode = entry.mode;
if (mode === "direct-encryption")
return assertNoEncryptedKey(encryptedKey), key;
const direct = mode === "direct-key-agreement";
switch (direct ? assertNoEncryptedKey(encryptedKey) : assertEncryptedKey(encryptedKey), entry.subtle.name) {
case "ECDH": {
const { epk } = joseHeader;
if (!isObject(epk) || ["d", "k", "p", "q", "dp", "dq", "qi", "oth", "priv"].some((parameter) => Object.hasOwn(epk, parameter)))
throw new JWEInvalid('JOSE Header "epk" (Ephemeral Public Key) missing or invalid');
assertEcdhKey(key);
const ephemeralPublicKey = await jwkToKey(entry, epk), partyUInfo = partyInfo(joseHeader, "apu"), partyVInfo = partyInfo(joseHeader, "apv");
checkPartyInfo(partyUInfo, partyVInfo);
const derivedKey = await ecdhesDeriveKey(ephemeralPublicKey, key, direct ? enc.alg : alg, direct ? enc.cekBits : parseInt(alg.slice(-5, -2), 10), partyUInfo, partyVInfo);
if (direct)
return derivedKey;
key = derivedKey;
break;
}
case "RSA-OAEP":
return assertCryptoKey(key), checkRsaKey(alg, key, "decrypt"), new Uint8Array(await crypto.subtle.decrypt("RSA-OAEP", key, encryptedKey));
case "PBKDF2": {
if (typeof joseHeader.p2c != "number")
throw new JWEInvalid('JOSE Header "p2c" (PBES2 Count) missing or invalid');
const p2cLimit = maxPBES2Count ?? 1e4;
if (joseHeader.p2c > p2cLimit)
throw new JWEInvalid('JOSE Header "p2c" (PBES2 Count) out is of acceptable bounds');
if (typeof joseHeader.p2s != "string")
throw new JWEInvalid('JOSE Header "p2s" (PBES2 Salt) missing or invalid');
const p2s = decodeBase64url(joseHeader.p2s, "p2s", JWEInvalid);
key = await deriveKey(p2s, alg, joseHeader.p2c, key);
break;
}
case "AES-GCM": {
if (typeof joseHeader.iv != "string")
throw new JWEInvalid('JOSE Header "iv" (Initialization Vector) missing or invalid');
if (typeof joseHeader.tag != "string")
throw new JWEInvalid('JOSE Header "tag" (Authentication Tag) missing or invalid');
const iv = decodeBase64url(joseHeader.iv, "iv", JWEInvalid), tag = decodeBase64url(joseHeader.tag, "tag", JWEInvalid);
if (iv.byteLength !== 12)
throw new JWEInvalid("Invalid Initialization Vector length");
if (tag.byteLength !== 16)
throw new JWEInvalid("Invalid Authentication Tag length");
return decrypt(jweEncryption(alg.slice(0, -2)), key, encryptedKey, iv, tag, new Uint8Array());
}
}
return aeskwUnwrap(alg.slice(-6), key, encryptedKey);
}
async function encryptKeyManagement(entry, enc, inputKey, joseHeader, providedCek, providedParameters = {}) {
const { alg, mode } = entry, transport = isJWECEKTransport(entry);
if (providedCek !== void 0 && !transport)
throw new TypeError(`setContentEncryptionKey cannot be called with JWE "alg" (Algorithm) Header ${alg}`);
let key = await prepareKey(mode === "direct-encryption" ? enc : entry, inputKey, "encrypt");
if (mode === "direct-encryption")
return [key, void 0, void 0];
const cek = transport ? providedCek ?? generateCek(enc) : void 0;
cek && checkCekLength(cek, enc.cekBits);
let encryptedKey, parameters;
switch (entry.subtle.name) {
case "ECDH": {
assertEcdhKey(key);
const { apu: providedApu, apv: providedApv } = providedParameters;
providedApu !== void 0 && assertUint8Array(providedApu, '"apu"'), providedApv !== void 0 && assertUint8Array(providedApv, '"apv"');
const apu = providedApu ?? partyInfo(joseHeader, "apu"), apv = providedApv ?? partyInfo(joseHeader, "apv");
checkPartyInfo(apu, apv);
let ephemeralPrivateKey;
providedParameters.epk !== void 0 ? ephemeralPrivateKey = await prepareKey(entry, providedParameters.epk, "decrypt") : ephemeralPrivateKey = (await crypto.subtle.generateKey(key.algorithm, true, ["deriveBits"])).privateKey;
const subtle = crypto.subtle;
let exportableEpk = ephemeralPrivateKey;
if (!exportableEpk.extractable) {
if (typeof subtle.getPublicKey != "function")
throw new TypeError('CryptoKey for "epk" must be extractable');
exportableEpk = await subtle.getPublicKey(ephemeralPrivateKey, []);
}
const { x, y, crv, kty } = await subtle.exportKey("jwk", exportableEpk), direct = mode === "direct-key-agreement", derivedKey = await ecdhesDeriveKey(key, ephemeralPrivateKey, direct ? enc.alg : alg, direct ? enc.cekBits : parseInt(alg.slice(-5, -2), 10), apu, apv), epk = { x, crv, kty };
if (kty === "EC" && (epk.y = y), parameters = { epk }, providedApu !== void 0 && (parameters.apu = encode(providedApu)), providedApv !== void 0 && (parameters.apv = encode(providedApv)), direct)
return [derivedKey, void 0, parameters];
key = derivedKey;
break;
}
case "RSA-OAEP": {
assertCryptoKey(key), checkRsaKey(alg, key, "encrypt"), encryptedKey = new Uint8Array(await crypto.subtle.encrypt("RSA-OAEP", key, cek));
break;
}
case "PBKDF2": {
const { p2c = 2048, p2s = crypto.getRandomValues(new Uint8Array(16)) } = providedParameters;
key = await deriveKey(p2s, alg, p2c, key), parameters = { p2c, p2s: encode(p2s) };
break;
}
case "AES-GCM": {
const iv = providedParameters.iv === void 0 ? crypto.getRandomValues(new Uint8Array(12)) : providedParameters.iv;
if (!(iv instanceof Uint8Array))
throw new TypeError('"iv" must be an instance of Uint8Array');
const wrapped = await encrypt(jweEncryption(alg.slice(0, -2)), cek, key, iv, new Uint8Array());
encryptedKey = wrapped.ciphertext, parameters = { iv: encode(wrapped.iv), tag: encode(wrapped.tag) };
}
}
if (encryptedKey ??= await aeskwWrap(alg.slice(-6), key, cek), !(encryptedKey instanceof Uint8Array) || !encryptedKey.byteLength)
throw new TypeError("JWE key management algorithm did not produce an Encrypted Key");
return [cek, encryptedKey, parameters];
}
function validateZip(joseHeader, protectedHeader) {
if (joseHeader.zip !== void 0 && joseHeader.zip !== "DEF")
throw new JOSENotSupported('Unsupported JWE "zip" (Compression Algorithm) Header Parameter value.');
if (joseHeader.zip !== void 0 && !protectedHeader?.zip)
throw new JWEInvalid('JWE "zip" (Compression Algorithm) Header Parameter MUST be in a protected header.');
}
function supported(name) {
if (typeof globalThis[name] > "u")
throw new JOSENotSupported(`JWE "zip" (Compression Algorithm) Header Parameter requires the ${name} API.`);
}
async function transform(stream, input, maxLength = 1 / 0) {
const writer = stream.writable.getWriter();
writer.write(input).catch(() => {
}), writer.close().catch(() => {
});
const chunks = [];
let length = 0;
const reader = stream.readable.getReader();
for (; ; ) {
const { value, done } = await reader.read();
if (done)
break;
if (chunks.push(value), length += value.byteLength, maxLength !== 1 / 0 && length > maxLength)
throw await reader.cancel().catch(() => {
}), new JWEInvalid("Decompressed plaintext exceeded the configured limit");
}
return concat(...chunks);
}
async function compress(input) {
return supported("CompressionStream"), transform(new CompressionStream("deflate-raw"), input);
}
async function decompress(input, maxLength) {
return supported("DecompressionStream"), transform(new DecompressionStream("deflate-raw"), input, maxLength);
}
function snapshotSharedJWE(jwe) {
const { aad, ciphertext, iv, protected: encodedProtected, tag, unprotected } = jwe;
if (iv !== void 0 && (typeof iv != "string" || !iv))
throw new JWEInvalid("JWE Initialization Vector incorrect type");
if (typeof ciphertext != "string")
throw new JWEInvalid("JWE Ciphertext missing or incorrect type");
if (tag !== void 0 && (typeof tag != "string" || !tag))
throw new JWEInvalid("JWE Authentication Tag incorrect type");
if (encodedProtected !== void 0 && typeof encodedProtected != "string")
throw new JWEInvalid("JWE Protected Header incorrect type");
if (aad !== void 0 && (typeof aad != "string" || !aad))
throw new JWEInvalid("JWE AAD incorrect type");
if (unprotected !== void 0 && !isObject(unprotected))
throw new JWEInvalid("JWE Shared Unprotected Header incorrect type");
return {
aad,
ciphertext,
iv,
protected: encodedProtected,
tag,
unprotected: unprotected === void 0 ? void 0 : { ...unprotected }
};
}
function snapshotRecipientJWE(recipient) {
let header, headerAlg;
try {
const { header: inputHeader } = recipient;
if (isObject(inputHeader)) {
headerAlg = inputHeader.alg;
const parameters = Object.keys(inputHeader);
parameters.includes("alg") || (headerAlg = void 0), header = Object.fromEntries(parameters.map((parameter) => [
parameter,
parameter === "alg" ? headerAlg : inputHeader[parameter]
]));
} else
header = inputHeader;
const { encrypted_key: encryptedKey } = recipient;
return [{ encrypted_key: encryptedKey, header }, headerAlg];
} catch (error) {
return [void 0, headerAlg, error];
}
}
function checkRecipient(jwe) {
const { encrypted_key: encryptedKey, header } = jwe;
if (encryptedKey !== void 0 && typeof encryptedKey != "string")
throw new JWEInvalid("JWE Encrypted Key incorrect type");
if (header !== void 0 && !isObject(header))
throw new JWEInvalid("JWE Per-Recipient Unprotected Header incorrect type");
if (jwe.protected === void 0 && header === void 0 && jwe.unprotected === void 0)
throw new JWEInvalid("JOSE Header missing");
}
function shareJWE(jwe) {
const { protected: encodedProtected, ciphertext, iv, tag, aad } = jwe;
let protectedHeader;
return encodedProtected !== void 0 && (protectedHeader = parseJoseHeader(encodedProtected, JWEInvalid, "JWE Protected Header is invalid")), [
protectedHeader,
decodeBase64url(ciphertext, "ciphertext", JWEInvalid),
iv !== void 0 ? decodeBase64url(iv, "iv", JWEInvalid) : void 0,
tag !== void 0 ? decodeBase64url(tag, "tag", JWEInvalid) : void 0,
encodeAsciiMember((encodedProtected ?? "") + (aad !== void 0 ? `.${aad}` : ""), "aad", JWEInvalid)
];
}
function prepareDecrypt(options) {
const keyManagementAlgorithms = options && validateAlgorithms("keyManagementAlgorithms", options.keyManagementAlgorithms), contentEncryptionAlgorithms = options && validateAlgorithms("contentEncryptionAlgorithms", options.contentEncryptionAlgorithms), { crit, maxPBES2Count, maxDecompressedLength } = options ?? {};
validateMaxPBES2Count(maxPBES2Count);
const decompressionLimit = maxDecompressedLength ?? 25e4;
if (decompressionLimit !== 0 && decompressionLimit !== 1 / 0 && (!Number.isSafeInteger(decompressionLimit) || decompressionLimit < 1))
throw new TypeError("maxDecompressedLength must be 0, a positive safe integer, or Infinity");
return [
keyManagementAlgorithms,
contentEncryptionAlgorithms,
crit,
maxPBES2Count,
maxDecompressedLength
];
}
async function decryptJWE(jwe, shared, key, token = shareJWE(jwe)) {
const [protectedHeader, ciphertext, iv, tag, additionalAuthenticatedData] = token, { header, unprotected, aad } = jwe;
let joseHeader;
if (header !== void 0 || unprotected !== void 0) {
if (!isDisjoint(protectedHeader, header, unprotected))
throw new JWEInvalid("JWE Protected, JWE Unprotected Header, and JWE Per-Recipient Unprotected Header Parameter names must be disjoint");
joseHeader = { ...protectedHeader, ...header, ...unprotected };
} else
joseHeader = protectedHeader ?? {};
const [keyManagementAlgorithms, contentEncryptionAlgorithms, crit, maxPBES2Count, maxDecompressedLength] = shared, { encrypted_key: encodedKey } = jwe;
validateCrit(JWEInvalid, JWE_RECOGNIZED, crit, protectedHeader, joseHeader), validateZip(joseHeader, protectedHeader);
const { alg, enc } = joseHeader;
if (typeof alg != "string" || !alg)
throw new JWEInvalid("missing JWE Algorithm (alg) in JWE Header");
const selected = JWE[alg];
if (encodedKey === "" && (!selected || !isJWECEKTransport(selected)))
throw new JWEInvalid("JWE Encrypted Key incorrect type");
const integrated = selected?.mode === "integrated-encryption";
if (!integrated && (typeof enc != "string" || !enc))
throw new JWEInvalid("missing JWE Encryption Algorithm (enc) in JWE Header");
if (keyManagementAlgorithms && !keyManagementAlgorithms.has(alg) || !keyManagementAlgorithms && alg.startsWith("PBES2"))
throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
let encEntry;
if (integrated) {
if (enc !== void 0)
throw new JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter must not be present for integrated encryption');
if (iv?.byteLength)
throw new JWEInvalid("JWE Initialization Vector must be empty for integrated encryption");
if (tag?.byteLength)
throw new JWEInvalid("JWE Authentication Tag must be empty for integrated encryption");
} else {
if (contentEncryptionAlgorithms && !contentEncryptionAlgorithms.has(enc))
throw new JOSEAlgNotAllowed('"enc" (Encryption Algorithm) Header Parameter value not allowed');
encEntry = jweEncryption(enc);
}
let encryptedKey;
if (encodedKey !== void 0)
try {
encryptedKey = decodeBase64url(encodedKey, "encrypted_key", JWEInvalid);
} catch (error) {
if (!selected || !isJWECEKTransport(selected))
throw error;
encryptedKey = new Uint8Array();
}
let resolvedKey = false;
typeof key == "function" && (key = await key(protectedHeader, jwe), resolvedKey = true);
const algEntry = selected ?? jweAlgorithm(alg);
isJWECEKTransport(algEntry) && encryptedKey === void 0 && (encryptedKey = new Uint8Array());
const k = await prepareKey(algEntry.mode === "direct-encryption" ? encEntry : algEntry, key, "decrypt");
let plaintext;
if (algEntry.mode === "integrated-encryption")
plaintext = await algEntry.decrypt(k, encryptedKey, ciphertext, additionalAuthenticatedData, protectedHeader, joseHeader);
else {
const encryption = encEntry;
let cek;
try {
cek = await decryptKeyManagement(algEntry, encryption, k, encryptedKey, joseHeader, maxPBES2Count), isJWECEKTransport(algEntry) && cek instanceof Uint8Array && cek.byteLength << 3 !== encryption.cekBits && (cek = generateCek(encryption));
} catch (err) {
if (err instanceof TypeError || err instanceof JWEInvalid || err instanceof JOSENotSupported)
throw err;
cek = generateCek(encryption);
}
plaintext = await decrypt(encryption, cek, ciphertext, iv, tag, additionalAuthenticatedData);
}
if (joseHeader.zip === "DEF") {
const decompressionLimit = maxDecompressedLength ?? 25e4;
if (decompressionLimit === 0)
throw new JOSENotSupported('JWE "zip" (Compression Algorithm) Header Parameter is not supported.');
plaintext = await decompress(plaintext, decompressionLimit).catch((cause) => {
throw cause instanceof JWEInvalid || cause instanceof JOSENotSupported ? cause : new JWEInvalid("Failed to decompress plaintext", { cause });
});
}
return {
plaintext,
...protectedHeader && { protectedHeader },
...aad !== void 0 && {
additionalAuthenticatedData: decodeBase64url(aad, "aad", JWEInvalid)
},
...unprotected && { sharedUnprotectedHeader: unprotected },
...header && { unprotectedHeader: header },
...resolvedKey && { key: k }
};
}
async function decryptCompact(jwe, shared, key) {
if (jwe instanceof Uint8Array && (jwe = decoder.decode(jwe)), typeof jwe != "string")
throw new JWEInvalid("Compact JWE must be a string or Uint8Array");
const { 0: protectedHeader, 1: encryptedKey, 2: iv, 3: ciphertext, 4: tag, length } = jwe.split(".");
if (length !== 5)
throw new JWEInvalid("Invalid Compact JWE");
return decryptJWE({
ciphertext,
iv: iv || void 0,
protected: protectedHeader,
tag: tag || void 0,
encrypted_key: encryptedKey || void 0
}, shared, key);
}
async function compactDecrypt(jwe, key, options) {
return decryptCompact(jwe, prepareDecrypt(options), key);
}
async function flattenedDecrypt(jwe, key, options) {
if (!isObject(jwe))
throw new JWEInvalid("Flattened JWE must be an object");
const shared = snapshotSharedJWE(jwe), [recipient, , error] = snapshotRecipientJWE(jwe);
if (!recipient)
throw error;
const snapshot = { ...shared, ...recipient };
return checkRecipient(snapshot), decryptJWE(snapshot, prepareDecrypt(options), key);
}
async function generalDecrypt(jwe, key, options) {
if (!isObject(jwe))
throw new JWEInvalid("General JWE must be an object");
const inputRecipients = jwe.recipients;
if (!Array.isArray(inputRecipients))
throw new JWEInvalid("JWE Recipients missing or incorrect type");
const recipients = Array.from(inputRecipients);
if (!recipients.every(isObject))
throw new JWEInvalid("JWE Recipients missing or incorrect type");
if (!recipients.length)
throw new JWEInvalid("JWE Recipients has no members");
const shared = prepareDecrypt(options);
let sharedJwe, token;
try {
sharedJwe = snapshotSharedJWE(jwe), token = shareJWE(sharedJwe);
} catch {
throw new JWEDecryptionFailed();
}
const recipientSnapshots = recipients.map((recipient) => snapshotRecipientJWE(recipient));
if (recipients.length > 1)
for (const [, headerAlg] of recipientSnapshots) {
const alg = token[0]?.alg ?? headerAlg ?? sharedJwe.unprotected?.alg, algEntry = typeof alg == "string" ? JWE[alg] : void 0;
if (algEntry && !isJWECEKTransport(algEntry))
throw new JWEInvalid(`"${alg}" alg may only have a single recipient`);
}
for (const [recipient] of recipientSnapshots)
if (recipient)
try {
const flattened = { ...sharedJwe, ...recipient };
return checkRecipient(flattened), await decryptJWE(flattened, shared, key, token);
} catch {
}
throw new JWEDecryptionFailed();
}
function checkDisjoint(protectedHeader, unprotectedHeader, sharedUnprotectedHeader) {
if (!isDisjoint(protectedHeader, unprotectedHeader, sharedUnprotectedHeader))
throw new JWEInvalid("JWE Protected, JWE Shared Unprotected and JWE Per-Recipient Header Parameter names must be disjoint");
}
function checkEncryptHeaders(input, options, sharedHeadersNormalized = false) {
if (!input[1] && !input[2] && !input[3])
throw new JWEInvalid("either setProtectedHeader, setUnprotectedHeader, or sharedUnprotectedHeader must be called before #encrypt()");
options !== void 0 && (input[8] = options?.crit);
let [, protectedHeader, unprotectedHeader, sharedUnprotectedHeader, aad, cek, iv, keyManagementParameters, crit] = input;
if (aad !== void 0 && assertUint8Array(aad, "JWE Additional Authenticated Data"), cek !== void 0 && assertUint8Array(cek, "JWE Content Encryption Key"), iv !== void 0 && assertUint8Array(iv, "JWE Initialization Vector"), !sharedHeadersNormalized && protectedHeader !== void 0 && (protectedHeader = serializeJoseHeader(JWEInvalid, protectedHeader)[0], input[1] = protectedHeader), unprotectedHeader !== void 0 && (unprotectedHeader = serializeJoseHeader(JWEInvalid, unprotectedHeader)[0], input[2] = unprotectedHeader), !sharedHeadersNormalized && sharedUnprotectedHeader !== void 0 && (sharedUnprotectedHeader = serializeJoseHeader(JWEInvalid, sharedUnprotectedHeader)[0], input[3] = sharedUnprotectedHeader), keyManagementParameters !== void 0 && !isObject(keyManagementParameters))
throw new TypeError("JWE Key Management Parameters must be an object");
checkDisjoint(protectedHeader, unprotectedHeader, sharedUnprotectedHeader);
const joseHeader = {
...protectedHeader,
...unprotectedHeader,
...sharedUnprotectedHeader
};
validateCritDuplicates(JWEInvalid, protectedHeader), validateCrit(JWEInvalid, JWE_RECOGNIZED, crit, protectedHeader, joseHeader), validateZip(joseHeader, protectedHeader);
const { alg, enc } = joseHeader;
if (typeof alg != "string" || !alg)
throw new JWEInvalid('JWE "alg" (Algorithm) Header Parameter missing or invalid');
const algEntry = JWE[alg];
if (algEntry?.mode === "integrated-encryption") {
if (enc !== void 0)
throw new JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter must not be present for integrated encryption');
if (cek !== void 0)
throw new TypeError(`setContentEncryptionKey cannot be called with JWE "alg" (Algorithm) Header ${alg}`);
if (iv !== void 0)
throw new TypeError(`setInitializationVector cannot be called with JWE "alg" (Algorithm) Header ${alg}`);
return [joseHeader, void 0, algEntry];
}
if (typeof enc != "string" || !enc)
throw new JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter missing or invalid');
return [joseHeader, jweEncryption(enc), algEntry];
}
async function encryptJWE(input, checked, key) {
const [joseHeader, encEntry, selected] = checked, [inputPlaintext, inputProtectedHeader, inputUnprotectedHeader, sharedUnprotectedHeader, aad, providedCek, inputIv, keyManagementParameters, , unprotectedParameters] = input;
let protectedHeader = inputProtectedHeader, unprotectedHeader = inputUnprotectedHeader;
const algEntry = selected ?? jweAlgorithm(joseHeader.alg);
let encryptedKey, parameters, cek;
algEntry.mode === "integrated-encryption" ? cek = await prepareKey(algEntry, key, "encrypt") : [cek, encryptedKey, parameters] = await encryptKeyManagement(algEntry, encEntry, key, joseHeader, providedCek, keyManagementParameters), parameters && (unprotectedParameters ? unprotectedHeader = unprotectedHeader ? { ...unprotectedHeader, ...parameters } : parameters : protectedHeader = protectedHeader ? { ...protectedHeader, ...parameters } : parameters, checkDisjoint(protectedHeader, unprotectedHeader, sharedUnprotectedHeader));
const encodedProtectedHeader = protectedHeader ? encode(JSON.stringify(protectedHeader)) : "", encodedAad = aad?.byteLength ? encode(aad) : void 0, additionalAuthenticatedData = encode$1(encodedAad ? `${encodedProtectedHeader}.${encodedAad}` : encodedProtectedHeader);
let plaintext = inputPlaintext;
joseHeader.zip === "DEF" && (plaintext = await compress(plaintext).catch((cause) => {
throw cause instanceof JOSENotSupported ? cause : new JWEInvalid("Failed to compress plaintext", { cause });
}));
let ciphertext, tag, iv;
algEntry.mode === "integrated-encryption" ? [encryptedKey, ciphertext] = await algEntry.encrypt(cek, plaintext, additionalAuthenticatedData, protectedHeader, joseHeader, keyManagementParameters) : { ciphertext, tag, iv } = await encrypt(encEntry, plaintext, cek, inputIv, additionalAuthenticatedData);
const jwe = {
ciphertext: encode(ciphertext)
};
return iv && (jwe.iv = encode(iv)), tag && (jwe.tag = encode(tag)), encryptedKey?.byteLength && (jwe.encrypted_key = encode(encryptedKey)), encodedAad && (jwe.aad = encodedAad), protectedHeader && (jwe.protected = encodedProtectedHeader), sharedUnprotectedHeader && (jwe.unprotected = sharedUnprotectedHeader), unprotectedHeader && (jwe.header = unprotectedHeader), jwe;
}
async function createJWE(input, key, options) {
return encryptJWE(input, checkEncryptHeaders(input, options), key);
}
function compactJWE(jwe) {
return [jwe.protected, jwe.encrypted_key, jwe.iv, jwe.ciphertext, jwe.tag].join(".");
}
class IndividualRecipient {
#parent;
state;
constructor(enc, key, crit) {
this.#parent = enc, this.state = [void 0, void 0, key, crit];
}
setUnprotectedHeader(unprotectedHeader) {
return assertNotSet(this.state[0], "setUnprotectedHeader"), this.state[0] = unprotectedHeader, this;
}
setKeyManagementParameters(parameters) {
return assertNotSet(this.state[1], "setKeyManagementParameters"), this.state[1] = parameters, this;
}
addRecipient(...args) {
return this.#parent.addRecipient(...args);
}
encrypt(...args) {
return this.#parent.encrypt(...args);
}
done() {
return this.#parent;
}
}
class GeneralEncrypt {
#plaintext;
#recipients = [];
#protectedHeader;
#sharedUnprotectedHeader;
#aad;
constructor(plaintext) {
this.#plaintext = plaintext;
}
addRecipient(key, options) {
const recipient = new IndividualRecipient(this, key, options?.crit);
return this.#recipients.push(recipient), recipient;
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
}
setSharedUnprotectedHeader(sharedUnprotectedHeader) {
return assertNotSet(this.#sharedUnprotectedHeader, "setSharedUnprotectedHeader"), this.#sharedUnprotectedHeader = sharedUnprotectedHeader, this;
}
setAdditionalAuthenticatedData(aad) {
return this.#aad = aad, this;
}
async encrypt() {
if (!this.#recipients.length)
throw new JWEInvalid("at least one recipient must be added");
assertUint8Array(this.#plaintext, "plaintext");
const multiple = this.#recipients.length > 1;
let enc, protectedHeader = this.#protectedHeader, sharedUnprotectedHeader = this.#sharedUnprotectedHeader;
const recipients = [];
for (const recipient of this.#recipients) {
const [unprotectedHeader, keyManagementParameters, key, crit] = recipient.state, input = [
this.#plaintext,
protectedHeader,
unprotectedHeader,
sharedUnprotectedHeader,
this.#aad,
void 0,
void 0,
keyManagementParameters,
crit,
multiple
], headers = checkEncryptHeaders(input, void 0, recipients.length > 0);
recipients.length || (protectedHeader = input[1], sharedUnprotectedHeader = input[3]), recipients.push([input, headers, key]);
const [{ alg, enc: recipientEnc }, , algEntry] = headers;
if (multiple && algEntry && !isJWECEKTransport(algEntry))
throw new JWEInvalid(`"${alg}" alg may only have a single recipient`);
if (!enc)
enc = recipientEnc;
else if (enc !== recipientEnc)
throw new JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter must be the same for all recipients');
}
for (const [, headers] of recipients)
headers[2] ??= jweAlgorithm(headers[0].alg);
const [firstInput, firstHeaders, firstKey] = recipients[0], cek = multiple ? generateCek(firstHeaders[1]) : void 0;
firstInput[5] = cek;
const { encrypted_key, header, ...shared } = await encryptJWE(firstInput, firstHeaders, firstKey), jwe = {
...shared,
recipients: [{}]
};
encrypted_key && (jwe.recipients[0].encrypted_key = encrypted_key), header && (jwe.recipients[0].header = header);
for (let i = 1; i < recipients.length; i++) {
const [input, [joseHeader, encEntry, algEntry], key] = recipients[i], unprotectedHeader = input[2], [, encryptedKey, parameters] = await encryptKeyManagement(algEntry, encEntry, key, joseHeader, cek, input[7]), target = {
encrypted_key: encode(encryptedKey)
};
if (unprotectedHeader || parameters) {
const header2 = { ...unprotectedHeader, ...parameters };
parameters && checkDisjoint(input[1], header2, input[3]), target.header = header2;
}
jwe.recipients.push(target);
}
return jwe;
}
}
const sig = [["verify"], ["sign"]];
function hmac(bits) {
const subtle = { name: "HMAC", hash: `SHA-${bits}` };
return { kty: ["oct"], secret: true, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
return {
kty: ["RSA"],
subtle,
signing: saltLength ? { ...subtle, saltLength } : subtle,
usages: sig,
minRsaBits: 2048
};
}
function ecdsa(crv, bits) {
return {
kty: ["EC"],
crv,
subtle: { name: "ECDSA", namedCurve: crv },
signing: { name: "ECDSA", hash: `SHA-${bits}` },
usages: sig
};
}
function eddsa() {
const subtle = { name: "Ed25519" };
return {
kty: ["OKP"],
crv: "Ed25519",
subtle,
signing: subtle,
usages: sig
};
}
function mldsa(parameterSet) {
const subtle = { name: `ML-DSA-${parameterSet}` };
return {
kty: ["AKP"],
subtle,
signing: subtle,
usages: sig
};
}
const JWS = table({
HS256: hmac(256),
HS384: hmac(384),
HS512: hmac(512),
RS256: rsa(256),
RS384: rsa(384),
RS512: rsa(512),
PS256: rsa(256, 32),
PS384: rsa(384, 48),
PS512: rsa(512, 64),
ES256: ecdsa("P-256", 256),
ES384: ecdsa("P-384", 384),
ES512: ecdsa("P-521", 512),
EdDSA: eddsa(),
Ed25519: eddsa(),
"ML-DSA-44": mldsa(44),
"ML-DSA-65": mldsa(65),
"ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
const entry = typeof alg == "string" ? JWS[alg] : void 0;
if (!entry)
throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
return entry;
}
function snapshotJws(jws, sharedPayload) {
const encodedProtectedHeader = jws.protected, inputHeader = jws.header, header = isObject(inputHeader) ? { ...inputHeader } : inputHeader;
let payload = sharedPayload ? sharedPayload[0] : jws.payload;
!sharedPayload && payload instanceof Uint8Array && (payload = new Uint8Array(payload));
const signature = jws.signature, snapshot = { payload, signature };
if (encodedProtectedHeader !== void 0 && (snapshot.protected = encodedProtectedHeader), inputHeader !== void 0 && (snapshot.header = header), encodedProtectedHeader === void 0 && header === void 0)
throw new JWSInvalid('Flattened JWS must have either of the "protected" or "header" members');
if (encodedProtectedHeader !== void 0 && typeof encodedProtectedHeader != "string")
throw new JWSInvalid("JWS Protected Header incorrect type");
if (payload === void 0)
throw new JWSInvalid("JWS Payload missing");
if (typeof signature != "string")
throw new JWSInvalid("JWS Signature missing or incorrect type");
if (header !== void 0 && !isObject(header))
throw new JWSInvalid("JWS Unprotected Header incorrect type");
return snapshot;
}
function prepareVerify(options) {
return [options && validateAlgorithms("algorithms", options.algorithms), options?.crit];
}
function parseProtectedHeader(encodedProtectedHeader) {
return encodedProtectedHeader === void 0 ? {} : parseJoseHeader(encodedProtectedHeader, JWSInvalid, "JWS Protected Header is invalid");
}
function encodeJsonUnencodedPayload(payload) {
const invalid = /[\p{Cs}\p{Cn}]/u.exec(payload)?.[0];
if (invalid !== void 0)
throw new JWSInvalid(/\p{Cs}/u.test(invalid) ? "JWS Payload must be a well-formed Unicode string" : "JWS Payload must not contain unassigned Unicode code points");
return encoder.encode(payload);
}
function encodeCompactUnencodedPayload(payload) {
try {
return encode$1(payload);
} catch (cause) {
throw new JWSInvalid("JWS Compact Serialization payload must use only ASCII characters", {
cause
});
}
}
async function verifySignature(jws, shared, key, encodeUnencodedPayload, parsedProtected) {
const { protected: encodedProtectedHeader, header, payload: inputPayload } = jws, protectedHeader = parsedProtected ?? parseProtectedHeader(encodedProtectedHeader);
if (!isDisjoint(protectedHeader, header))
throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
const joseHeader = { ...protectedHeader, ...header }, b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, shared[1], protectedHeader, joseHeader)), { alg } = joseHeader;
if (typeof alg != "string" || !alg)
throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
if (shared[0] && !shared[0].has(alg))
throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
if (b64) {
if (typeof inputPayload != "string")
throw new JWSInvalid("JWS Payload must be a string");
} else if (typeof inputPayload != "string" && !(inputPayload instanceof Uint8Array))
throw new JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
const signingPayload = b64 || typeof inputPayload != "string" ? inputPayload : encodeUnencodedPayload(inputPayload);
let resolvedKey = false;
typeof key == "function" && (key = await key(protectedHeader, jws), resolvedKey = true);
const entry = jwsAlgorithm(alg), signingInput = concat(encodedProtectedHeader !== void 0 ? encode$1(encodedProtectedHeader) : new Uint8Array(), encode$1("."), typeof signingPayload == "string" ? shared[2] ??= encodeAsciiMember(signingPayload, "payload", JWSInvalid) : signingPayload), signature = decodeBase64url(jws.signature, "signature", JWSInvalid), verificationKey = await prepareKey(entry, key, "verify"), cryptoKey = await rawKey(verificationKey, entry.subtle, "verify");
entry.minRsaBits && checkModulusLength(entry.alg, cryptoKey);
let verified = false;
try {
verified = await crypto.subtle.verify(entry.signing, cryptoKey, signature, signingInput);
} catch (cause) {
throw new JWSSignatureVerificationFailed(void 0, { cause });
}
if (!verified)
throw new JWSSignatureVerificationFailed();
const result = { payload: typeof signingPayload == "string" ? decodeBase64url(signingPayload, "payload", JWSInvalid) : signingPayload };
return encodedProtectedHeader !== void 0 && (result.protectedHeader = protectedHeader), header !== void 0 && (result.unprotectedHeader = header), resolvedKey ? [{ ...result, key: verificationKey }, b64] : [result, b64];
}
async function verifyCompact(jws, shared, key) {
if (jws instanceof Uint8Array && (jws = decoder.decode(jws)), typeof jws != "string")
throw new JWSInvalid("Compact JWS must be a string or Uint8Array");
const { 0: protectedHeader, 1: payload, 2: signature, length } = jws.split(".");
if (length !== 3)
throw new JWSInvalid("Invalid Compact JWS");
return verifySignature({ payload, protected: protectedHeader, signature }, shared, key, encodeCompactUnencodedPayload);
}
async function compactVerify(jws, key, options) {
const [result] = await verifyCompact(jws, prepareVerify(options), key);
return result;
}
async function flattenedVerify(jws, key, options) {
if (!isObject(jws))
throw new JWSInvalid("Flattened JWS must be an object");
const snapshot = snapshotJws(jws), [result] = await verifySignature(snapshot, prepareVerify(options), key, encodeJsonUnencodedPayload);
return result;
}
function snapshotSignature(signature, payload) {
try {
const jws = snapshotJws(signature, [payload]), protectedHeader = parseProtectedHeader(jws.protected), { b64, crit } = protectedHeader;
return [
jws,
protectedHeader,
Array.isArray(crit) && crit.includes("b64") ? typeof b64 == "boolean" ? b64 ? 1 : 2 : 0 : 1
];
} catch {
return;
}
}
async function generalVerify(jws, key, options) {
if (!isObject(jws))
throw new JWSInvalid("General JWS must be an object");
const { signatures, payload: inputPayload } = jws;
if (!Array.isArray(signatures))
throw new JWSInvalid("JWS Signatures missing or incorrect type");
const signatureEntries = Array.from(signatures);
if (!signatureEntries.every(isObject))
throw new JWSInvalid("JWS Signatures missing or incorrect type");
if (inputPayload === void 0)
throw new JWSSignatureVerificationFailed();
const shared = prepareVerify(options), payload = inputPayload instanceof Uint8Array ? new Uint8Array(inputPayload) : inputPayload, candidates = signatureEntries.map((signature) => snapshotSignature(signature, payload)).filter((candidate) => candidate !== void 0);
let payloadEncodings = 0;
for (const [, , payloadEncoding] of candidates)
if (payloadEncodings |= payloadEncoding, payloadEncodings === 3)
throw new JWSInvalid("inconsistent use of JWS Unencoded Payload (RFC7797)");
for (const candidate of candidates)
try {
const [result] = await verifySignature(candidate[0], shared, key, encodeJsonUnencodedPayload, candidate[1]);
return result;
} catch {
}
throw new JWSSignatureVerificationFailed();
}
const epoch = (date) => Math.floor(date.getTime() / 1e3), multipliers = {
s: 1,
m: 60,
h: 3600,
d: 86400,
w: 604800,
y: 31557600
}, REGEX = /^(\+|\-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i, checkFailed = "check_failed";
function invalidDuration() {
throw new TypeError("Invalid time period format");
}
function secs(str) {
typeof str != "string" && invalidDuration();
const matched = REGEX.exec(str);
(!matched || matched[4] && matched[1]) && invalidDuration();
const value = parseFloat(matched[2]), durationSeconds = Math.round(value * multipliers[matched[3][0].toLowerCase()]);
return Number.isFinite(durationSeconds) || invalidDuration(), matched[1] === "-" || matched[4]?.toLowerCase() === "ago" ? -durationSeconds : durationSeconds;
}
function validateInput(label, input) {
if (!Number.isFinite(input))
throw new TypeError(`Invalid ${label} input`);
return input;
}
function validateStringClaim(claim, value) {
if (typeof value != "string")
throw new TypeError(`"${claim}" claim must be a string`);
}
function validateAudienceClaim(value) {
if (typeof value != "string" && (!Array.isArray(value) || Array.from(value).some((member) => typeof member != "string")))
throw new TypeError('"aud" claim must be a string or an array of strings');
}
function numericDate(value, label) {
return typeof value == "number" ? validateInput(label, value) : value instanceof Date ? validateInput(label, epoch(value)) : epoch(  new Date()) + secs(value);
}
const normalizeTyp = (value) => {
const normalized = value.toLowerCase();
return value.includes("/") ? normalized : `application/${normalized}`;
}, checkAudiencePresence = (audPayload, audOption) => typeof audPayload == "string" ? audOption.includes(audPayload) : Array.isArray(audPayload) ? audOption.some((aud) => audPayload.includes(aud)) : false;
function validateNumericDate(claimsSet, claim, required = false) {
const value = claimsSet[claim];
if (!(value === void 0 && !required)) {
if (typeof value != "number")
throw new JWTClaimValidationFailed(`"${claim}" claim must be a number`, claimsSet, claim, "invalid");
return value;
}
}
function unexpectedClaim(claimsSet, claim) {
throw new JWTClaimValidationFailed(`unexpected "${claim}" claim value`, claimsSet, claim, checkFailed);
}
function validateClaimsSet(protectedHeader, claimsSetBytes, options = {}) {
let claimsSet;
try {
claimsSet = JSON.parse(strictDecoder.decode(claimsSetBytes));
} catch (cause) {
throw new JWTInvalid("JWT Claims Set must be a top-level JSON object", { cause });
}
if (!isObject(claimsSet))
throw new JWTInvalid("JWT Claims Set must be a top-level JSON object");
const { typ } = options;
if (typ !== void 0 && (typeof protectedHeader.typ != "string" || normalizeTyp(protectedHeader.typ) !== normalizeTyp(typ)))
throw new JWTClaimValidationFailed('unexpected "typ" JWT header value', claimsSet, "typ", checkFailed);
const { requiredClaims = [], issuer, subject, audience, maxTokenAge } = options, presenceCheck = [...requiredClaims];
maxTokenAge !== void 0 && presenceCheck.push("iat"), audience !== void 0 && presenceCheck.push("aud"), subject !== void 0 && presenceCheck.push("sub"), issuer !== void 0 && presenceCheck.push("iss");
for (const claim of new Set(presenceCheck.reverse()))
if (!Object.hasOwn(claimsSet, claim))
throw new JWTClaimValidationFailed(`missing required "${claim}" claim`, claimsSet, claim, "missing");
issuer !== void 0 && !(Array.isArray(issuer) ? issuer : [issuer]).includes(claimsSet.iss) && unexpectedClaim(claimsSet, "iss"), subject !== void 0 && claimsSet.sub !== subject && unexpectedClaim(claimsSet, "sub"), audience !== void 0 && !checkAudiencePresence(claimsSet.aud, typeof audience == "string" ? [audience] : audience) && unexpectedClaim(claimsSet, "aud");
const { clockTolerance } = options;
let tolerance = 0;
if (typeof clockTolerance == "string")
tolerance = secs(clockTolerance);
else if (clockTolerance !== void 0) {
if (typeof clockTolerance != "number")
throw new TypeError("Invalid clockTolerance option type");
tolerance = clockTolerance;
}
if (validateInput("clockTolerance option", tolerance), tolerance < 0)
throw new TypeError("Invalid clockTolerance option input");
const { currentDate } = options, now = validateInput("currentDate option", epoch(currentDate === void 0 ?   new Date() : currentDate)), iat = validateNumericDate(claimsSet, "iat", maxTokenAge !== void 0), nbf = validateNumericDate(claimsSet, "nbf");
if (nbf !== void 0 && nbf > now + tolerance)
throw new JWTClaimValidationFailed('"nbf" claim timestamp check failed', claimsSet, "nbf", checkFailed);
const exp = validateNumericDate(claimsSet, "exp");
if (exp !== void 0 && exp <= now - tolerance)
throw new JWTExpired('"exp" claim timestamp check failed', claimsSet, "exp", checkFailed);
if (maxTokenAge !== void 0) {
const age = now - iat, max = validateInput("maxTokenAge option", typeof maxTokenAge == "number" ? maxTokenAge : secs(maxTokenAge));
if (max < 0)
throw new TypeError("Invalid maxTokenAge option input");
if (age - tolerance > max)
throw new JWTExpired('"iat" claim timestamp check failed (too far in the past)', claimsSet, "iat", checkFailed);
if (age < -tolerance)
throw new JWTClaimValidationFailed('"iat" claim timestamp check failed (it should be in the past)', claimsSet, "iat", checkFailed);
}
return claimsSet;
}
let producerClaimsSets;
function producerClaimsSet(producer) {
return producerClaimsSets.get(producer);
}
function jwtClaimsSetBytes(producer) {
const claimsSet = producerClaimsSet(producer);
for (const claim of ["iat", "nbf", "exp"]) {
const value = claimsSet[claim];
if (typeof value == "number" && !Number.isFinite(value))
throw new TypeError(`"${claim}" claim must be a finite number`);
}
return encoder.encode(JSON.stringify(claimsSet));
}
function jwtClaim(producer, claim) {
return producerClaimsSet(producer)[claim];
}
class JWTClaimsBuilder {
constructor(claimsSet = {}) {
if (!isObject(claimsSet))
throw new TypeError("JWT Claims Set MUST be an object");
(producerClaimsSets ||=   new WeakMap()).set(this, structuredClone(claimsSet));
}
setIssuer(value) {
return validateStringClaim("iss", value), producerClaimsSet(this).iss = value, this;
}
setSubject(value) {
return validateStringClaim("sub", value), producerClaimsSet(this).sub = value, this;
}
setAudience(value) {
return validateAudienceClaim(value), producerClaimsSet(this).aud = value, this;
}
setJti(value) {
return validateStringClaim("jti", value), producerClaimsSet(this).jti = value, this;
}
setNotBefore(value) {
return producerClaimsSet(this).nbf = numericDate(value, "setNotBefore"), this;
}
setExpirationTime(value) {
return producerClaimsSet(this).exp = numericDate(value, "setExpirationTime"), this;
}
setIssuedAt(value) {
const claimsSet = producerClaimsSet(this);
return value === void 0 ? claimsSet.iat = epoch(  new Date()) : typeof value == "string" ? claimsSet.iat = validateInput("setIssuedAt", epoch(  new Date()) + secs(value)) : claimsSet.iat = numericDate(value, "setIssuedAt"), this;
}
}
async function jwtVerify(jwt, key, options) {
const [verified, b64] = await verifyCompact(jwt, prepareVerify(options), key);
if (!b64)
throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
const payload = validateClaimsSet(verified.protectedHeader, verified.payload, options);
return { ...verified, payload };
}
async function jwtDecrypt(jwt, key, options) {
const { plaintext, ...result } = await decryptCompact(jwt, prepareDecrypt(options), key), { protectedHeader } = result, payload = validateClaimsSet(protectedHeader, plaintext, options);
for (const claim of ["iss", "sub", "aud"])
if (protectedHeader[claim] !== void 0 && (claim === "aud" ? JSON.stringify(protectedHeader.aud) !== JSON.stringify(payload.aud) : protectedHeader[claim] !== payload[claim]))
throw new JWTClaimValidationFailed(`replicated "${claim}" claim header parameter mismatch`, payload, claim, "mismatch");
return { payload, ...result };
}
class CompactEncrypt {
#input;
constructor(plaintext) {
assertUint8Array(plaintext, "plaintext"), this.#input = [plaintext];
}
setContentEncryptionKey(cek) {
return assertNotSet(this.#input[5], "setContentEncryptionKey"), this.#input[5] = cek, this;
}
setInitializationVector(iv) {
return assertNotSet(this.#input[6], "setInitializationVector"), this.#input[6] = iv, this;
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#input[1], "setProtectedHeader"), this.#input[1] = protectedHeader, this;
}
setKeyManagementParameters(parameters) {
return assertNotSet(this.#input[7], "setKeyManagementParameters"), this.#input[7] = parameters, this;
}
async encrypt(key, options) {
return compactJWE(await createJWE([...this.#input], key, options));
}
}
class FlattenedEncrypt {
#input;
constructor(plaintext) {
assertUint8Array(plaintext, "plaintext"), this.#input = [plaintext];
}
setKeyManagementParameters(parameters) {
return assertNotSet(this.#input[7], "setKeyManagementParameters"), this.#input[7] = parameters, this;
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#input[1], "setProtectedHeader"), this.#input[1] = protectedHeader, this;
}
setSharedUnprotectedHeader(sharedUnprotectedHeader) {
return assertNotSet(this.#input[3], "setSharedUnprotectedHeader"), this.#input[3] = sharedUnprotectedHeader, this;
}
setUnprotectedHeader(unprotectedHeader) {
return assertNotSet(this.#input[2], "setUnprotectedHeader"), this.#input[2] = unprotectedHeader, this;
}
setAdditionalAuthenticatedData(aad) {
return this.#input[4] = aad, this;
}
setContentEncryptionKey(cek) {
return assertNotSet(this.#input[5], "setContentEncryptionKey"), this.#input[5] = cek, this;
}
setInitializationVector(iv) {
return assertNotSet(this.#input[6], "setInitializationVector"), this.#input[6] = iv, this;
}
async encrypt(key, options) {
return createJWE([...this.#input], key, options);
}
}
async function createSignature(input, key, rejectUnencoded) {
let [payload, protectedHeader, unprotectedHeader, crit] = input, encodedProtectedHeader = "";
if (protectedHeader !== void 0) {
const normalized = serializeJoseHeader(JWSInvalid, protectedHeader);
protectedHeader = normalized[0], encodedProtectedHeader = encode(normalized[1]);
}
if (unprotectedHeader !== void 0 && (unprotectedHeader = serializeJoseHeader(JWSInvalid, unprotectedHeader)[0]), !protectedHeader && !unprotectedHeader)
throw new JWSInvalid("either setProtectedHeader or setUnprotectedHeader must be called before #sign()");
if (!isDisjoint(protectedHeader, unprotectedHeader))
throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
const joseHeader = { ...protectedHeader, ...unprotectedHeader };
validateCritDuplicates(JWSInvalid, protectedHeader);
const b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, crit, protectedHeader, joseHeader));
b64 || rejectUnencoded?.();
const { alg } = joseHeader;
if (typeof alg != "string" || !alg)
throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
const entry = jwsAlgorithm(alg);
let encodedPayload = "", signingPayload = payload, signingInput;
if (b64) {
const encodedPayloadCache = input[4];
encodedPayloadCache ? (encodedPayload = encodedPayloadCache[0] ??= encode(payload), signingPayload = encodedPayloadCache[1] ??= encode$1(encodedPayload)) : (encodedPayload = encode(payload), signingInput = encoder.encode(`${encodedProtectedHeader}.${encodedPayload}`));
}
signingInput ??= concat(encode$1(encodedProtectedHeader), encode$1("."), signingPayload);
const signingKey = await rawKey(await prepareKey(entry, key, "sign"), entry.subtle, "sign");
entry.minRsaBits && checkModulusLength(entry.alg, signingKey);
const jws = {
signature: encode(new Uint8Array(await crypto.subtle.sign(entry.signing, signingKey, signingInput))),
payload: encodedPayload
};
return protectedHeader && (jws.protected = encodedProtectedHeader), unprotectedHeader && (jws.header = unprotectedHeader), [jws, b64];
}
async function createCompactSignature(payload, protectedHeader, crit, key, rejectUnencoded) {
const [jws] = await createSignature([payload, protectedHeader, void 0, crit], key, rejectUnencoded);
return `${jws.protected}.${jws.payload}.${jws.signature}`;
}
class CompactSign {
#payload;
#protectedHeader;
constructor(payload) {
assertUint8Array(payload, "payload"), this.#payload = payload;
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
}
async sign(key, options) {
return createCompactSignature(this.#payload, this.#protectedHeader, options?.crit, key, () => {
throw new TypeError("use the flattened module for creating JWS with b64: false");
});
}
}
class FlattenedSign {
#input;
constructor(payload) {
assertUint8Array(payload, "payload"), this.#input = [payload];
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#input[1], "setProtectedHeader"), this.#input[1] = protectedHeader, this;
}
setUnprotectedHeader(unprotectedHeader) {
return assertNotSet(this.#input[2], "setUnprotectedHeader"), this.#input[2] = unprotectedHeader, this;
}
async sign(key, options) {
const input = [...this.#input];
input[3] = options?.crit;
const [jws] = await createSignature(input, key);
return jws;
}
}
class IndividualSignature {
#parent;
state;
constructor(sig, key, options) {
this.#parent = sig, this.state = [void 0, void 0, key, options?.crit];
}
setProtectedHeader(protectedHeader) {
return assertNotSet(this.state[0], "setProtectedHeader"), this.state[0] = protectedHeader, this;
}
setUnprotectedHeader(unprotectedHeader) {
return assertNotSet(this.state[1], "setUnprotectedHeader"), this.state[1] = unprotectedHeader, this;
}
addSignature(...args) {
return this.#parent.addSignature(...args);
}
sign(...args) {
return this.#parent.sign(...args);
}
done() {
return this.#parent;
}
}
class GeneralSign {
#payload;
#signatures = [];
constructor(payload) {
this.#payload = payload;
}
addSignature(key, options) {
const signature = new IndividualSignature(this, key, options);
return this.#signatures.push(signature), signature;
}
async sign() {
if (!this.#signatures.length)
throw new JWSInvalid("at least one signature must be added");
assertUint8Array(this.#payload, "payload");
const jws = {
signatures: [],
payload: ""
}, encodedPayloadCache = [];
let b64;
for (const signature of this.#signatures) {
const [protectedHeader, unprotectedHeader, key, crit] = signature.state, [{ payload, ...signatureMembers }, signatureB64] = await createSignature([this.#payload, protectedHeader, unprotectedHeader, crit, encodedPayloadCache], key);
if (b64 === void 0)
b64 = signatureB64, jws.payload = payload;
else if (b64 !== signatureB64)
throw new JWSInvalid("inconsistent use of JWS Unencoded Payload (RFC7797)");
jws.signatures.push(signatureMembers);
}
return jws;
}
}
const SignJWT_base = JWTClaimsBuilder;
class SignJWT extends SignJWT_base {
#protectedHeader;
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
}
async sign(key, options) {
return createCompactSignature(jwtClaimsSetBytes(this), this.#protectedHeader, options?.crit, key, () => {
throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
});
}
}
const EncryptJWT_base = JWTClaimsBuilder;
class EncryptJWT extends EncryptJWT_base {
#input = [void 0];
#replicateIssuerAsHeader;
#replicateSubjectAsHeader;
#replicateAudienceAsHeader;
setProtectedHeader(protectedHeader) {
return assertNotSet(this.#input[1], "setProtectedHeader"), this.#input[1] = protectedHeader, this;
}
setKeyManagementParameters(parameters) {
return assertNotSet(this.#input[7], "setKeyManagementParameters"), this.#input[7] = parameters, this;
}
setContentEncryptionKey(cek) {
return assertNotSet(this.#input[5], "setContentEncryptionKey"), this.#input[5] = cek, this;
}
setInitializationVector(iv) {
return assertNotSet(this.#input[6], "setInitializationVector"), this.#input[6] = iv, this;
}
replicateIssuerAsHeader() {
return this.#replicateIssuerAsHeader = true, this;
}
replicateSubjectAsHeader() {
return this.#replicateSubjectAsHeader = true, this;
}
replicateAudienceAsHeader() {
return this.#replicateAudienceAsHeader = true, this;
}
async encrypt(key, options) {
const input = [...this.#input];
if (input[0] = jwtClaimsSetBytes(this), input[1] && (this.#replicateIssuerAsHeader || this.#replicateSubjectAsHeader || this.#replicateAudienceAsHeader)) {
const header = { ...input[1] };
this.#replicateIssuerAsHeader && (header.iss = jwtClaim(this, "iss")), this.#replicateSubjectAsHeader && (header.sub = jwtClaim(this, "sub")), this.#replicateAudienceAsHeader && (header.aud = jwtClaim(this, "aud")), input[1] = header;
}
return compactJWE(await createJWE(input, key, options));
}
}
const algArgument = '"alg" (Algorithm)';
function unsupportedAlg(source = 'JWK "alg" (Algorithm) Parameter') {
throw new JOSENotSupported(`Invalid or unsupported ${source} value`);
}
function keyAlgorithm(alg, source) {
return (typeof alg == "string" ? JWS[alg] ?? JWE[alg] : void 0) ?? unsupportedAlg(source);
}
const formatPEM = (b64, descriptor) => {
const newlined = (b64.match(/.{1,64}/g) || []).join(`
`);
return `-----BEGIN ${descriptor}-----
${newlined}
-----END ${descriptor}-----`;
}, genericExport = async (keyType, keyFormat, key) => {
if (isKeyObject(key)) {
if (key.type !== keyType)
throw new TypeError(`key is not a ${keyType} key`);
return key.export({ format: "pem", type: keyFormat });
}
if (!isCryptoKey(key))
throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject"));
if (!key.extractable)
throw new TypeError("CryptoKey is not extractable");
if (key.type !== keyType)
throw new TypeError(`key is not a ${keyType} key`);
return formatPEM(encodeBase64(new Uint8Array(await crypto.subtle.exportKey(keyFormat, key))), `${keyType.toUpperCase()} KEY`);
}, toSPKI = (key) => genericExport("public", "spki", key), toPKCS8 = (key) => genericExport("private", "pkcs8", key), bytesEqual = (a, b) => {
if (a.byteLength !== b.length)
return false;
for (let i = 0; i < a.byteLength; i++)
if (a[i] !== b[i])
return false;
return true;
}, createASN1State = (data) => ({ data, pos: 0 }), readByte = (state) => {
const byte = state.data[state.pos++];
if (byte === void 0)
throw new Error("Unexpected end of ASN.1 input");
return byte;
}, parseLength = (state) => {
const first = readByte(state);
if (first & 128) {
const lengthOfLen = first & 127;
let length = 0;
for (let i = 0; i < lengthOfLen; i++)
length = length << 8 | readByte(state);
return length;
}
return first;
}, skipElement = (state, count = 1) => {
for (; count-- > 0; ) {
state.pos++;
const length = parseLength(state);
state.pos += length;
}
}, expectTag = (state, expectedTag, errorMessage) => {
if (readByte(state) !== expectedTag)
throw new Error(errorMessage);
}, getSubarray = (state, length) => {
if (length < 0 || state.pos + length > state.data.length)
throw new Error("Unexpected end of ASN.1 input");
const result = state.data.subarray(state.pos, state.pos + length);
return state.pos += length, result;
}, parseAlgorithmOID = (state) => {
expectTag(state, 6, "Expected algorithm OID");
const oidLen = parseLength(state);
return getSubarray(state, oidLen);
};
function parseKeyHeader(state, keyFormat) {
if (expectTag(state, 48, `Invalid ${keyFormat === "spki" ? "SPKI" : "PKCS#8"} structure`), parseLength(state), keyFormat === "pkcs8") {
expectTag(state, 2, "Expected version field");
const length = parseLength(state);
state.pos += length;
}
expectTag(state, 48, "Expected algorithm identifier"), parseLength(state);
}
const parseECAlgorithmIdentifier = (state) => {
const algOid = parseAlgorithmOID(state);
if (bytesEqual(algOid, [43, 101, 110]))
return "X25519";
if (!bytesEqual(algOid, [42, 134, 72, 206, 61, 2, 1]))
throw new Error("Unsupported key algorithm");
expectTag(state, 6, "Expected curve OID");
const curveOidLen = parseLength(state), curveOid = getSubarray(state, curveOidLen);
if (bytesEqual(curveOid, [42, 134, 72, 206, 61, 3, 1, 7]))
return "P-256";
if (bytesEqual(curveOid, [43, 129, 4, 0, 34]))
return "P-384";
if (bytesEqual(curveOid, [43, 129, 4, 0, 35]))
return "P-521";
throw new Error("Unsupported named curve");
}, genericImport = async (keyFormat, keyData, alg, options) => {
const extractable = validateExtractableOption(options?.extractable), entry = keyAlgorithm(alg, algArgument);
entry.secret && unsupportedAlg(algArgument);
const isPublic = keyFormat === "spki";
let algorithm;
if (entry.resolve)
try {
const state = createASN1State(keyData);
parseKeyHeader(state, keyFormat), algorithm = entry.resolve({ crv: parseECAlgorithmIdentifier(state) });
} catch (cause) {
throw new JOSENotSupported("Invalid or unsupported key format", { cause });
}
else
algorithm = entry.subtle;
return crypto.subtle.importKey(keyFormat, keyData, algorithm, extractable ?? isPublic, entry.usages[isPublic ? 0 : 1]);
}, processPEMData = (pem, pattern) => decodeBase64(pem.replace(pattern, "")), fromPKCS8 = (pem, alg, options) => {
const keyData = processPEMData(pem, /(?:-----(?:BEGIN|END) PRIVATE KEY-----|\s)/g);
return genericImport("pkcs8", keyData, alg, options);
}, fromSPKI = (pem, alg, options) => {
const keyData = processPEMData(pem, /(?:-----(?:BEGIN|END) PUBLIC KEY-----|\s)/g);
return genericImport("spki", keyData, alg, options);
};
function spkiFromX509(buf) {
const state = createASN1State(buf);
expectTag(state, 48, "Invalid certificate structure");
const certificateLength = parseLength(state);
if (certificateLength < 0 || state.pos + certificateLength > state.data.length)
throw new Error("Unexpected end of ASN.1 input");
expectTag(state, 48, "Invalid tbsCertificate structure"), parseLength(state), buf[state.pos] === 160 ? skipElement(state, 6) : skipElement(state, 5);
const spkiStart = state.pos;
expectTag(state, 48, "Invalid SPKI structure");
const spkiContentLen = parseLength(state);
return buf.subarray(spkiStart, spkiStart + spkiContentLen + (state.pos - spkiStart));
}
const fromX509 = (pem, alg, options) => {
let spki;
try {
const certificate = processPEMData(pem, /(?:-----(?:BEGIN|END) CERTIFICATE-----|\s)/g);
spki = spkiFromX509(certificate);
} catch (cause) {
throw new TypeError("Failed to parse the X.509 certificate", { cause });
}
return genericImport("spki", spki, alg, options);
};
function exportSPKI(key) {
return toSPKI(key);
}
function exportPKCS8(key) {
return toPKCS8(key);
}
async function exportJWK(key) {
if (isKeyObject(key))
if (key.type === "secret")
key = key.export();
else
return key.export({ format: "jwk" });
if (key instanceof Uint8Array)
return {
kty: "oct",
k: encode(key)
};
if (!isCryptoKey(key))
throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "Uint8Array"));
if (!key.extractable)
throw new TypeError("non-extractable CryptoKey cannot be exported as a JWK");
const jwk = await crypto.subtle.exportKey("jwk", key);
delete jwk.ext, delete jwk.key_ops, delete jwk.use, jwk.kty !== "AKP" && delete jwk.alg;
for (const parameter of Object.keys(jwk))
jwk[parameter] === void 0 && delete jwk[parameter];
return jwk;
}
const check = (value, description) => {
if (typeof value != "string" || !value)
throw new JWKInvalid(`${description} missing or invalid`);
};
async function calculateJwkThumbprint(key, digestAlgorithm) {
let jwk;
if (isObject(key)) {
if (jwk = snapshotJwk(key), typeof jwk.kty != "string")
throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
} else if (isKeyLike(key))
jwk = snapshotJwk(await exportJWK(key));
else
throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
if (digestAlgorithm ??= "sha256", digestAlgorithm !== "sha256" && digestAlgorithm !== "sha384" && digestAlgorithm !== "sha512")
throw new TypeError('digestAlgorithm must one of "sha256", "sha384", or "sha512"');
let requiredMembers;
switch (jwk.kty) {
case "AKP":
check(jwk.alg, '"alg" (Algorithm) Parameter'), check(jwk.pub, '"pub" (Public key) Parameter'), requiredMembers = { alg: jwk.alg, kty: jwk.kty, pub: jwk.pub };
break;
case "EC":
check(jwk.crv, '"crv" (Curve) Parameter'), check(jwk.x, '"x" (X Coordinate) Parameter'), check(jwk.y, '"y" (Y Coordinate) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
break;
case "OKP":
check(jwk.crv, '"crv" (Subtype of Key Pair) Parameter'), check(jwk.x, '"x" (Public Key) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
break;
case "RSA":
check(jwk.e, '"e" (Exponent) Parameter'), check(jwk.n, '"n" (Modulus) Parameter'), requiredMembers = { e: jwk.e, kty: jwk.kty, n: jwk.n };
break;
case "oct":
if (typeof jwk.k != "string")
throw new JWKInvalid('"k" (Key Value) Parameter missing or invalid');
requiredMembers = { k: jwk.k, kty: jwk.kty };
break;
default:
throw new JOSENotSupported('"kty" (Key Type) Parameter missing or unsupported');
}
const thumbprintInput = encode$1(JSON.stringify(requiredMembers));
return encode(await digest(digestAlgorithm, thumbprintInput));
}
async function calculateJwkThumbprintUri(key, digestAlgorithm) {
digestAlgorithm ??= "sha256";
const thumbprint = await calculateJwkThumbprint(key, digestAlgorithm);
return `urn:ietf:params:oauth:jwk-thumbprint:sha-${digestAlgorithm.slice(-3)}:${thumbprint}`;
}
async function EmbeddedJWK(protectedHeader, token) {
const joseHeader = {
...protectedHeader,
...token?.header
};
if (!isObject(joseHeader.jwk))
throw new JWSInvalid('"jwk" (JSON Web Key) Header Parameter must be a JSON object');
let jwk;
try {
jwk = normalizeJwk(joseHeader.jwk);
} catch (cause) {
throw new JWSInvalid("Invalid Embedded JWK", { cause });
}
const entry = jwsAlgorithm(joseHeader.alg);
if (jwk.use !== void 0 && jwk.use !== "sig")
throw new JWSInvalid('Invalid Embedded JWK, its "use" must be "sig" when present');
if (jwk.alg !== void 0 && jwk.alg !== entry.alg)
throw new JWSInvalid(`Invalid Embedded JWK, its "alg" must be "${entry.alg}" when present`);
const key = await jwkToKey(entry, jwk, true);
if (key.type !== "public")
throw new JWSInvalid('"jwk" (JSON Web Key) Header Parameter must be a public key');
return key;
}
function isUsableJWK(jwk, entry, alg, kid) {
const { kty, key_ops: keyOps, ext, kid: jwkKid, alg: jwkAlg, use, crv } = jwk;
return (ext === void 0 || typeof ext == "boolean") && (keyOps === void 0 || Array.isArray(keyOps) && keyOps.every((operation, index) => typeof operation == "string" && keyOps.indexOf(operation) === index) && keyOps.includes("verify")) && entry.kty.includes(kty) && (kid === void 0 || typeof kid == "string" && kid === jwkKid) && (jwkAlg === void 0 ? kty !== "AKP" : alg === jwkAlg) && (use === void 0 || use === "sig") && (!entry.crv || crv === entry.crv);
}
async function importWithAlgCache(cache, jwk, entry) {
const cached = cache.get(jwk) || cache.set(jwk, {}).get(jwk), { alg } = entry;
if (cached[alg] === void 0) {
const pending = jwkToKey(entry, jwk, true).then((key) => {
if (key.type !== "public")
throw new JWKSInvalid("JSON Web Key Set members must be public keys");
return cached[alg] = key, key;
}).catch((error) => {
throw cached[alg] === pending && delete cached[alg], error;
});
cached[alg] = pending;
}
return cached[alg];
}
function createLocalJWKSet(jwks) {
let snapshot;
try {
snapshot = structuredClone(jwks);
} catch (cause) {
throw new JWKSInvalid("JSON Web Key Set malformed", { cause });
}
if (!isJwkSet(snapshot))
throw new JWKSInvalid("JSON Web Key Set malformed");
const metadata = snapshot.keys.map((jwk) => {
const normalized = snapshotJwk(jwk);
return Array.isArray(normalized.key_ops) && (normalized.key_ops = [...normalized.key_ops]), normalized;
}), cached =   new WeakMap();
return Object.defineProperty(async (protectedHeader, token) => {
const { alg, kid } = { ...protectedHeader, ...token?.header }, entry = typeof alg == "string" ? JWS[alg] : void 0;
if (!entry || entry.secret)
throw new JOSENotSupported('Unsupported "alg" value for a JSON Web Key Set');
const candidates = snapshot.keys.filter((_, index) => isUsableJWK(metadata[index], entry, alg, kid)), { 0: jwk, length } = candidates;
if (!length)
throw new JWKSNoMatchingKey();
if (length !== 1) {
const error = new JWKSMultipleMatchingKeys();
throw error[Symbol.asyncIterator] = async function* () {
for (const jwk2 of candidates)
try {
yield await importWithAlgCache(cached, jwk2, entry);
} catch {
}
}, error;
}
return importWithAlgCache(cached, jwk, entry);
}, "jwks", {
value: () => structuredClone(snapshot)
});
}
function isCloudflareWorkers() {
return typeof WebSocketPair < "u" || typeof navigator < "u" && navigator.userAgent === "Cloudflare-Workers" || typeof EdgeRuntime < "u" && EdgeRuntime === "vercel";
}
let USER_AGENT;
(typeof navigator > "u" || !navigator.userAgent?.startsWith?.("Mozilla/5.0 ")) && (USER_AGENT = "jose/v6.2.18");
const customFetch =   Symbol();
async function fetchJwks(url, headers, signal, fetchImpl = fetch) {
const response = await fetchImpl(url, {
method: "GET",
signal,
redirect: "manual",
headers
}).catch((err) => {
throw err.name === "TimeoutError" ? new JWKSTimeout(void 0, { cause: err }) : err;
});
if (response.status !== 200)
throw new JOSEError("Expected 200 OK from the JSON Web Key Set HTTP response");
try {
return await response.json();
} catch (cause) {
throw signal.aborted ? new JWKSTimeout(void 0, { cause }) : new JOSEError("Failed to parse the JSON Web Key Set HTTP response as JSON", { cause });
}
}
const jwksCache =   Symbol();
function isFreshFor(timestamp, duration) {
return Number.isFinite(timestamp) && Date.now() < timestamp + duration;
}
function validateDuration(value, fallback, option) {
if (Number.isNaN(value))
throw new TypeError(`"${option}" option must not be NaN`);
if (typeof value == "number" && value < 0)
throw new TypeError(`"${option}" option must not be negative`);
return typeof value == "number" ? value : fallback;
}
function createRemoteJWKSet(url, options) {
if (!(url instanceof URL))
throw new TypeError("url must be an instance of URL");
const href = new URL(url.href).href, opts = options ?? {}, timeoutOption = opts.timeoutDuration;
if (typeof timeoutOption == "number" && (!Number.isInteger(timeoutOption) || timeoutOption < 0))
throw new TypeError('"timeoutDuration" option must be a non-negative integer');
const timeoutDuration = typeof timeoutOption == "number" ? timeoutOption : 5e3, cooldownDuration = validateDuration(opts.cooldownDuration, 3e4, "cooldownDuration"), cacheMaxAge = validateDuration(opts.cacheMaxAge, 6e5, "cacheMaxAge"), headers = new Headers(opts.headers);
USER_AGENT && !headers.has("User-Agent") && headers.set("User-Agent", USER_AGENT), headers.has("accept") || headers.set("accept", "application/json, application/jwk-set+json");
const fetchImpl = opts[customFetch], cache = opts[jwksCache];
let jwksTimestamp, pendingFetch, reloadSequence = 0, appliedSequence = 0, local;
if (cache && typeof cache == "object") {
const { uat, jwks } = cache;
isFreshFor(uat, cacheMaxAge) && isJwkSet(jwks) && (jwksTimestamp = uat, local = createLocalJWKSet(jwks));
}
const reload = async () => {
if (pendingFetch && isCloudflareWorkers() && (pendingFetch = void 0), !pendingFetch) {
const sequence = ++reloadSequence, current = pendingFetch = fetchJwks(href, headers, AbortSignal.timeout(timeoutDuration), fetchImpl).then((json) => {
const next = createLocalJWKSet(json);
if (sequence <= appliedSequence)
return;
local = next;
const updatedAt = Date.now();
cache && (cache.uat = updatedAt, cache.jwks = json), jwksTimestamp = updatedAt, appliedSequence = sequence;
}).finally(() => {
pendingFetch === current && (pendingFetch = void 0);
});
}
await pendingFetch;
};
return Object.defineProperties(async (protectedHeader, token) => {
(!local || !isFreshFor(jwksTimestamp, cacheMaxAge)) && await reload();
try {
return await local(protectedHeader, token);
} catch (err) {
if (err instanceof JWKSNoMatchingKey && !isFreshFor(jwksTimestamp, cooldownDuration))
return await reload(), local(protectedHeader, token);
throw err;
}
}, {
coolingDown: {
get: () => isFreshFor(jwksTimestamp, cooldownDuration),
enumerable: true
},
fresh: {
get: () => isFreshFor(jwksTimestamp, cacheMaxAge),
enumerable: true
},
reload: {
value: reload,
enumerable: true
},
reloading: {
get: () => !!pendingFetch,
enumerable: true
},
jwks: {
value: () => local?.jwks(),
enumerable: true
}
});
}
const UnsecuredJWT_base = JWTClaimsBuilder;
class UnsecuredJWT extends UnsecuredJWT_base {
encode() {
const encodedProtectedHeader = encode(JSON.stringify({ alg: "none" })), encodedPayload = encode(jwtClaimsSetBytes(this));
return `${encodedProtectedHeader}.${encodedPayload}.`;
}
static decode(jwt, options) {
if (typeof jwt != "string")
throw new JWTInvalid("Unsecured JWT must be a string");
const { 0: encodedHeader, 1: encodedPayload, 2: signature, length } = jwt.split(".");
if (length !== 3 || signature !== "")
throw new JWTInvalid("Invalid Unsecured JWT");
let header, b64;
try {
header = parseJoseHeader(encodedHeader, JWSInvalid, "JWS Protected Header is invalid");
const extensions = validateCrit(JWSInvalid, JWS_RECOGNIZED, void 0, header, header);
b64 = validateB64(header, extensions);
} catch (cause) {
throw cause instanceof JWSInvalid ? new JWTInvalid("Invalid Unsecured JWT", { cause }) : cause;
}
if (header.alg !== "none")
throw new JWTInvalid("Invalid Unsecured JWT");
if (!b64)
throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
return { payload: validateClaimsSet(header, decodeBase64url(encodedPayload, "payload", JWTInvalid), options), header };
}
}
async function importSPKI(spki, alg, options) {
if (typeof spki != "string" || spki.indexOf("-----BEGIN PUBLIC KEY-----") !== 0)
throw new TypeError('"spki" must be SPKI formatted string');
return fromSPKI(spki, alg, options);
}
async function importX509(x509, alg, options) {
if (typeof x509 != "string" || x509.indexOf("-----BEGIN CERTIFICATE-----") !== 0)
throw new TypeError('"x509" must be X.509 formatted string');
return fromX509(x509, alg, options);
}
async function importPKCS8(pkcs8, alg, options) {
if (typeof pkcs8 != "string" || pkcs8.indexOf("-----BEGIN PRIVATE KEY-----") !== 0)
throw new TypeError('"pkcs8" must be PKCS#8 formatted string');
return fromPKCS8(pkcs8, alg, options);
}
async function importJWK(jwk, alg, options) {
if (!isObject(jwk))
throw new TypeError("JWK must be an object");
const normalized = normalizeJwk(jwk), extractable = validateExtractableOption(options?.extractable), { alg: jwkAlg } = normalized;
if (alg ??= jwkAlg, normalized.kty !== "oct" && !alg)
throw new TypeError('"alg" argument is required when "jwk.alg" is not present');
switch (normalized.kty) {
case "oct":
if (typeof normalized.k != "string")
throw new TypeError('missing "k" (Key Value) Parameter value');
return decode(normalized.k);
case "AKP": {
if (typeof jwkAlg != "string" || !jwkAlg)
throw new TypeError('missing "alg" (Algorithm) Parameter value');
if (alg !== jwkAlg)
throw new TypeError("JWK alg and alg option value mismatch");
return jwkToKey(keyAlgorithm(alg), normalized, extractable);
}
case "RSA":
case "EC":
case "OKP":
return jwkToKey(keyAlgorithm(alg), normalized, extractable);
default:
throw new JOSENotSupported('Unsupported "kty" (Key Type) Parameter value');
}
}
function decodeProtectedHeader(token) {
let encodedProtectedHeader;
if (typeof token == "string") {
const parts = token.split(".");
(parts.length === 3 || parts.length === 5) && ([encodedProtectedHeader] = parts);
} else if (typeof token == "object" && token)
if ("protected" in token)
encodedProtectedHeader = token.protected;
else
throw new TypeError("Token does not contain a Protected Header");
const invalid = "Invalid Token or Protected Header formatting";
if (typeof encodedProtectedHeader != "string" || !encodedProtectedHeader)
throw new TypeError(invalid);
return parseJoseHeader(encodedProtectedHeader, TypeError, invalid);
}
function decodeJwt(jwt) {
if (typeof jwt != "string")
throw new JWTInvalid("JWTs must use Compact JWS serialization, JWT must be a string");
const { 1: encodedPayload, length } = jwt.split(".");
if (length === 5)
throw new JWTInvalid("Only JWTs using Compact JWS serialization can be decoded");
if (length !== 3)
throw new JWTInvalid("Invalid JWT");
if (!encodedPayload)
throw new JWTInvalid("JWTs must contain a payload");
let claimsSetBytes;
try {
claimsSetBytes = decode(encodedPayload);
} catch (cause) {
throw new JWTInvalid("Failed to base64url decode the payload", { cause });
}
let claimsSet;
try {
claimsSet = JSON.parse(strictDecoder.decode(claimsSetBytes));
} catch (cause) {
throw new JWTInvalid("Failed to parse the decoded payload as JSON", { cause });
}
if (!isObject(claimsSet))
throw new JWTInvalid("Invalid JWT Claims Set");
return claimsSet;
}
function getModulusLengthOption(options) {
const modulusLength = options?.modulusLength ?? 2048;
if (typeof modulusLength != "number" || !Number.isInteger(modulusLength) || modulusLength < 2048)
throw new JOSENotSupported("Invalid or unsupported modulusLength option provided, 2048 bits or larger keys must be used");
return modulusLength;
}
async function generateKeyPair(alg, options) {
const extractable = validateExtractableOption(options?.extractable), entry = keyAlgorithm(alg, algArgument);
entry.secret && unsupportedAlg(algArgument);
let algorithm;
if (entry.resolve) {
const crv = options?.crv ?? "P-256";
if (!["P-256", "P-384", "P-521", "X25519"].includes(crv))
throw new JOSENotSupported("Invalid or unsupported crv option provided, supported values are P-256, P-384, P-521, and X25519");
algorithm = entry.resolve({ crv });
} else {
if (entry.crv !== void 0 && options?.crv !== void 0 && options.crv !== entry.crv)
throw new JOSENotSupported(`Invalid or unsupported crv option provided, the only supported value for ${alg} is ${entry.crv}`);
algorithm = entry.kty[0] === "RSA" ? {
...entry.subtle,
publicExponent: Uint8Array.of(1, 0, 1),
modulusLength: getModulusLengthOption(options)
} : entry.subtle;
}
return crypto.subtle.generateKey(algorithm, extractable ?? false, [
...entry.usages[1],
...entry.usages[0]
]);
}
async function generateSecret(alg, options) {
const extractable = validateExtractableOption(options?.extractable);
let keyLengthBits, algorithm, keyUsages;
switch (alg) {
case "HS256":
case "HS384":
case "HS512":
keyLengthBits = +alg.slice(-3), algorithm = { name: "HMAC", hash: `SHA-${keyLengthBits}`, length: keyLengthBits }, keyUsages = ["sign", "verify"];
break;
case "A128CBC-HS256":
case "A192CBC-HS384":
case "A256CBC-HS512":
return crypto.getRandomValues(new Uint8Array(+alg.slice(-3) >> 3));
case "A128KW":
case "A192KW":
case "A256KW":
keyLengthBits = +alg.slice(1, 4), algorithm = { name: "AES-KW", length: keyLengthBits }, keyUsages = ["wrapKey", "unwrapKey"];
break;
case "A128GCMKW":
case "A192GCMKW":
case "A256GCMKW":
case "A128GCM":
case "A192GCM":
case "A256GCM":
keyLengthBits = +alg.slice(1, 4), algorithm = { name: "AES-GCM", length: keyLengthBits }, keyUsages = ["encrypt", "decrypt"];
break;
default:
unsupportedAlg(algArgument);
}
return crypto.subtle.generateKey(algorithm, extractable ?? false, keyUsages);
}
const cryptoRuntime = "WebCryptoAPI";
var index =  Object.freeze({
__proto__: null,
CompactEncrypt: CompactEncrypt,
CompactSign: CompactSign,
EmbeddedJWK: EmbeddedJWK,
EncryptJWT: EncryptJWT,
FlattenedEncrypt: FlattenedEncrypt,
FlattenedSign: FlattenedSign,
GeneralEncrypt: GeneralEncrypt,
GeneralSign: GeneralSign,
SignJWT: SignJWT,
UnsecuredJWT: UnsecuredJWT,
base64url: base64url,
calculateJwkThumbprint: calculateJwkThumbprint,
calculateJwkThumbprintUri: calculateJwkThumbprintUri,
compactDecrypt: compactDecrypt,
compactVerify: compactVerify,
createLocalJWKSet: createLocalJWKSet,
createRemoteJWKSet: createRemoteJWKSet,
cryptoRuntime: cryptoRuntime,
customFetch: customFetch,
decodeJwt: decodeJwt,
decodeProtectedHeader: decodeProtectedHeader,
errors: errors,
exportJWK: exportJWK,
exportPKCS8: exportPKCS8,
exportSPKI: exportSPKI,
flattenedDecrypt: flattenedDecrypt,
flattenedVerify: flattenedVerify,
generalDecrypt: generalDecrypt,
generalVerify: generalVerify,
generateKeyPair: generateKeyPair,
generateSecret: generateSecret,
importJWK: importJWK,
importPKCS8: importPKCS8,
importSPKI: importSPKI,
importX509: importX509,
jwksCache: jwksCache,
jwtDecrypt: jwtDecrypt,
jwtVerify: jwtVerify
});
export { AuthorizationServerMismatchError, BAGGAGE_META_KEY, CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY, CfWorkerJsonSchemaValidator, Client, ClientCredentialsProvider, CrossAppAccessProvider, DEFAULT_NEGOTIATED_PROTOCOL_VERSION, DEFAULT_REQUEST_TIMEOUT_MSEC, DPOP_SUPPORTED_ALGS, DpopSession, INTERNAL_ERROR, INVALID_PARAMS, INVALID_REQUEST, InMemoryResponseCacheStore, InMemoryTransport, InsecureTokenEndpointError, InsufficientScopeError, IssuerMismatchError, JSONRPC_VERSION, LATEST_PROTOCOL_VERSION, LOG_LEVEL_META_KEY, MAX_CACHE_TTL_MS, METHOD_NOT_FOUND, MissingRequiredClientCapabilityError, OAuthClientFlowError, OAuthError, OAuthErrorCode, PARSE_ERROR, PROTOCOL_VERSION_META_KEY, PrivateKeyJwtProvider, Protocol, ProtocolError, ProtocolErrorCode, RELATED_TASK_META_KEY, ReadBuffer, RegistrationRejectedError, ResourceNotFoundError, SERVER_INFO_META_KEY, SSEClientTransport, STDIO_DEFAULT_MAX_BUFFER_SIZE, SUBSCRIPTION_ID_META_KEY, SUPPORTED_PROTOCOL_VERSIONS, SdkError, SdkErrorCode, SdkHttpError, SseError, StaticPrivateKeyJwtProvider, StreamableHTTPClientTransport, TRACEPARENT_META_KEY, TRACESTATE_META_KEY, UnauthorizedError, UnsupportedProtocolVersionError, UriTemplate, UrlElicitationRequiredError, accessTokenHash, applyMiddlewares, assertCompleteRequestPrompt, assertCompleteRequestResourceTemplate, assertSecureTokenEndpoint, auth, buildDiscoveryUrls, checkResourceAllowed, computeScopeUnion, createFetchWithInit, createMiddleware, createPrivateKeyJwtAuth, deserializeMessage, discoverAndRequestJwtAuthGrant, discoverAuthorizationServerMetadata, discoverOAuthMetadata, discoverOAuthProtectedResourceMetadata, discoverOAuthServerInfo, exchangeAuthorization, exchangeJwtAuthGrant, extractResourceMetadataUrl, extractWWWAuthenticateParams, fetchToken, fromJsonSchema, generateDpopKeyPair, getDisplayName, getSupportedElicitationModes, isCallToolResult, isDpopNonceChallenge, isHttpsUrl, isInitializeRequest, isInitializedNotification, isInputRequiredResult, isJSONRPCErrorResponse, isJSONRPCNotification, isJSONRPCRequest, isJSONRPCResponse, isJSONRPCResultResponse, isJsonContentType, isSpecType, isStrictScopeSuperset, isTaskAugmentedRequestParams, mergeCapabilities, parseErrorResponse, parseJSONRPCMessage, preloadSchemas, prepareAuthorizationCodeRequest, refreshAuthorization, registerClient, requestJwtAuthorizationGrant, resolveClientMetadata, resourceUrlFromServerUrl, selectClientAuthMethod, selectResourceURL, serializeMessage, specTypeSchemas, startAuthorization, validateAuthorizationResponseIssuer, validateClientMetadataUrl, withDpop, withDpopFromProvider, withInputRequired, withLogging, withOAuth };
