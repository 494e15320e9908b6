// Pieces of documents and the text that is to be read of them.

/** Marks of references and notes: not read. */
const REFERENCES = [
  [
    '<p>Statins<sup>1</sup> lower cholesterol<sup>2,3</sup> and help<sup>5–8</sup>.</p>',
    'Statins lower cholesterol and help.',
  ],
  ['<p>Gout<sup><a href="#b12">12</a></sup> hurts.</p>', 'Gout hurts.'],
  ['<p>Gout<a href="#b12"><sup>12</sup></a> hurts.</p>', 'Gout hurts.'],
  [
    '<p>Gout<sup><a href="#b1">1</a>,<a href="#b2">2</a>–<a href="#b7">7</a></sup> hurts.</p>',
    'Gout hurts.',
  ],
  ['<p>Gout<sup>1</sup><sup>,</sup><sup>2</sup> hurts.</p>', 'Gout hurts.'],
  [
    '<p>Lupus<sup class="reference"><a href="#cite-4">[4]</a></sup> flares<sup>[<i>citation needed</i>]</sup>.</p>',
    'Lupus flares.',
  ],
  ['<p>Deaths fell.<sup>9</sup>Heparin helped.</p>', 'Deaths fell. Heparin helped.'],
  ['<p>Deaths fell.<sup> 9, 10 </sup> Heparin helped.</p>', 'Deaths fell. Heparin helped.'],
  [
    '<p>Mean age<sup>a</sup>, weight<sup>b,c</sup> and height<sup>*</sup>.</p>',
    'Mean age, weight and height.',
  ],
  ['<p>A. Smith<sup>1,2</sup>, B. Jones<sup>†</sup></p>', 'A. Smith, B. Jones'],
  [
    '<p><sup>1</sup>Department of Nephrology, <sup>b</sup>Clinic</p>',
    'Department of Nephrology, Clinic',
  ],
  [
    '<p>In CO<sub>2</sub><sup>3</sup> and type 2<sup>14</sup> diabetes in 1998<sup>6</sup>.</p>',
    'In CO2 and type 2 diabetes in 1998.',
  ],
  [
    '<p>Hepatitis B<sup>3</sup> and vitamin D<sup>2</sup> and CD10<sup>4</sup>.</p>',
    'Hepatitis B and vitamin D and CD10.',
  ],
  [
    '<p>Sepsis<sup><a role="doc-noteref" href="notes.html">see</a></sup> kills; Lipex<sup>TM</sup> helps.</p>',
    'Sepsis kills; Lipex helps.',
  ],
  [
    '<p>stroke <sup>3</sup> In patients with asthma.<sup>12</sup> In those</p>',
    'stroke In patients with asthma. In those',
  ],
  [
    '<p>Use of aspirin<sup>(3)</sup> after<sup>3, 4*</sup> surgery</p>',
    'Use of aspirin after surgery',
  ],
  ['<p>Anti<b>platelet</b><sup>7</sup> drugs</p>', 'Antiplatelet drugs'],
];

/** Superscripts that belong to what they stand at: read. */
const POWERS = [
  [
    '<p>Mg<sup>2+</sup>, Cl<sup>−</sup>, SO<sub>4</sub><sup>2-</sup>, CD8<sup>+</sup> and Foxp3<sup>-/-</sup></p>',
    'Mg2+, Cl−, SO42-, CD8+ and Foxp3-/-',
  ],
  [
    '<p>3 × 10<sup>9</sup>/L, 10<sup>-6</sup> M, 10<sup>5–6</sup> cells, 5x10<sup>12</sup> and log<sup>10</sup></p>',
    '3 × 109/L, 10-6 M, 105–6 cells, 5x1012 and log10',
  ],
  [
    '<p>30 kg/m<sup>2</sup>, 4 mm<sup>3</sup>, cm<sup>2</sup>, m/s<sup>2</sup>, 1.73 m<sup>2</sup></p>',
    '30 kg/m2, 4 mm3, cm2, m/s2, 1.73 m2',
  ],
  [
    '<p>R<sup>2</sup> = 0.4, χ<sup>2</sup> = 3, I<sup>2</sup> was 20%, r<sup>2</sup></p>',
    'R2 = 0.4, χ2 = 3, I2 was 20%, r2',
  ],
  [
    '<p><sup>14</sup>C and [<sup>18</sup>F]-FDG, <sup>18</sup>FDG, <sup>99m</sup>Tc, <sup>177</sup>Lu-DOTATATE, I<sup>131</sup></p>',
    '14C and [18F]-FDG, 18FDG, 99mTc, 177Lu-DOTATATE, I131',
  ],
  [
    '<p>O<sup>6</sup>-methylguanine, m<sup>6</sup>A, Δ<sup>9</sup>-THC, N<sup>6</sup>,N<sup>6</sup>-dimethyl</p>',
    'O6-methylguanine, m6A, Δ9-THC, N6,N6-dimethyl',
  ],
  [
    '<p>Phosphorylated at Ser<sup>473</sup> and Thr<sup>308</sup>.</p>',
    'Phosphorylated at Ser473 and Thr308.',
  ],
  [
    '<p>KRAS<sup>G12D</sup>, H-2K<sup>b</sup>, CYP2D6<sup>*</sup>4, BRAF<sup>V600E</sup>, CD45<sup>hi</sup></p>',
    'KRASG12D, H-2Kb, CYP2D6*4, BRAFV600E, CD45hi',
  ],
  [
    '<p>the 1<sup>st</sup> and 20<sup>th</sup> day, Lipex<sup>®</sup></p>',
    'the 1st and 20th day, Lipex®',
  ],
  [
    '<p>See <a href="/wiki/Calcium">Ca<sup>2+</sup></a> and <a href="#units">m<sup>2</sup></a>.</p>',
    'See Ca2+ and m2.',
  ],
];

/** What is not displayed is not read; what is displayed is, once. */
const DISPLAY = [
  [
    '<p>Seen<span style="display: none"> not</span>, <span hidden>not </span><span style="visibility:hidden">not </span>too.</p>',
    'Seen, too.',
  ],
  ['<p style="visibility:hidden">asked for all the same</p>', 'asked for all the same'],
  [
    '<div>A <span style="visibility:hidden">no <b style="visibility:visible">yes</b> no</span> b</div>',
    'A yes b',
  ],
  [
    '<div><p>One.</p><div style="display:none"><p>Two.</p><p>Three.</p></div><p>Four.</p></div>',
    'One.\n\nFour.',
  ],
  ['<div>Gout<span style="display:none">rheumatoid</span>ed</div>', 'Gouted'],
  ['<details><summary>More</summary>Folded <b>text</b></details>', 'More'],
  ['<div><details><summary>More</summary>Folded <b>text</b></details> after</div>', 'More after'],
  [
    '<div><details open><summary>More</summary> Unfolded <b>text</b></details></div>',
    'More Unfolded text',
  ],
  [
    '<p>dose 5 <span style="position:absolute;clip:rect(0,0,0,0)">micrograms</span><span aria-hidden="true">µg</span> daily</p>',
    'dose 5 µg daily',
  ],
  [
    '<p>An <i aria-hidden="true">info</i> icon<span style="position:absolute;width:1px;height:1px;overflow:hidden"> for readers of screens</span>.</p>',
    'An icon.',
  ],
  [
    '<p>x <math><semantics><mi>α</mi><annotation encoding="application/x-tex">\\alpha</annotation></semantics></math> y</p>',
    'x α y',
  ],
  [
    '<p>Aspirin<sup style="display:none">2+</sup> helps, <span hidden="until-found">not</span>so.</p>',
    'Aspirin helps, so.',
  ],
];

/** HTML, and its text. */
export const CASES = [...REFERENCES, ...POWERS, ...DISPLAY];
