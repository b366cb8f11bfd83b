// Written by Tests/Vectors/jpeg2000_blocks.py; do not edit.

let blockVectors: [BlockVector] = [
    BlockVector(
        name: "opj 0", width: 7, height: 6, orientation: 1, style: 0, magnitudeBits: 14, zeroBitPlanes: 2,
        segments: [(34, 54)],
        data: """
            Vu40T9PSCVWTmbTVkdOazM4tHsjVekyk8jHtJVO7ivkSShhKW0TspYaDQEjSsIOmxr3Pejcu
            """,
        bytesEach: 2,
        coefficients: """
            8/8MANIC///+/////P+p/7b/8QEEAIIA5//6AA8AEwDP/wX/AgPq/60FAgD7/4T/zgTo//r/D/0IAO7/3gD39lICAAABAOn/3P+E/PkBTv////z/
            """),
    BlockVector(
        name: "opj 1", width: 8, height: 5, orientation: 2, style: 1, magnitudeBits: 14, zeroBitPlanes: 3,
        segments: [
            (10, 17), (2, 6), (1, 2), (2, 6), (1, 2), (2, 6), (1, 2), (2, 6), (1, 2), (2, 6), (1, 1), (2, 6), (1, 2), (2, 6),
            (1, 2),
        ],
        data: """
            N4E+V3py00Xz3u2XLJOatb8AMCGcgRX/fwMGApWQKv9/iIABJgFV/38KNBWCsQr/fyICZ7PmqgE1UYrp4cr/f6rzAbqANf9/
            """,
        bytesEach: 2,
        coefficients: """
            GQAbAMP/DAABAAQAAgACAKcDQQPvAbr/gABV/A8A9PwBAAQAEAAq/X8C3f9sAPz5AQD+/woA2v3r/fH/AwACAGD9/v7OAOr8gAGr/wEABwA=
            """),
    BlockVector(
        name: "opj 2", width: 7, height: 5, orientation: 3, style: 2, magnitudeBits: 15, zeroBitPlanes: 3,
        segments: [(34, 47)],
        data: """
            JMYf/cNFFcF0Z61hVlwhnFBSBTm4AQVTasS04rWLrmf/Sl4mRi2LX56HGV0ktH8=
            """,
        bytesEach: 2,
        coefficients: """
            z/8AAB0ABQAGAAQA//8oAC4A6/4JAA0Cp//SA/b/AQBOABX8HQDV/zb0+P/5/yYAuPfR/wcAAQAdAKL/2f74A6P+BwD9/w==
            """),
    BlockVector(
        name: "opj 4", width: 7, height: 6, orientation: 1, style: 4, magnitudeBits: 14, zeroBitPlanes: 2,
        segments: [
            (1, 1), (1, 1), (1, 1), (1, 2), (1, 3), (1, 2), (1, 2), (1, 2), (1, 2), (1, 2), (1, 2), (1, 3), (1, 2), (1, 2), (1, 2),
            (1, 1), (1, 2), (1, 3), (1, 2), (1, 3), (1, 3), (1, 2), (1, 2), (1, 4), (1, 2), (1, 2), (1, 5), (1, 1), (1, 1), (1, 5),
            (1, 2), (1, 2), (1, 5), (1, 2),
        ],
        data: """
            Vnd/ott5atb/fxZ/VHJun/9/lpYxyj//fxZfrJckhrujhb//f8xRoieCL/9/Bl86PrkP/38nRCk4k50/D9t3ytmSH/9/zb+WaIDk3/9/
            """,
        bytesEach: 2,
        coefficients: """
            8/8MANIC///+/////P+p/7b/8QEEAIIA5//6AA8AEwDP/wX/AgPq/60FAgD7/4T/zgTo//r/D/0IAO7/3gD39lICAAABAOn/3P+E/PkBTv////z/
            """),
    BlockVector(
        name: "opj 8", width: 8, height: 5, orientation: 2, style: 8, magnitudeBits: 14, zeroBitPlanes: 3,
        segments: [(31, 52)],
        data: """
            N4E+V3py00XiabPWLLxsscFdrF91uTHGnvOFkVY6bFLz4s0rTvkEXRejrgvibcoIvH7ZHw==
            """,
        bytesEach: 2,
        coefficients: """
            GQAbAMP/DAABAAQAAgACAKcDQQPvAbr/gABV/A8A9PwBAAQAEAAq/X8C3f9sAPz5AQD+/woA2v3r/fH/AwACAGD9/v7OAOr8gAGr/wEABwA=
            """),
    BlockVector(
        name: "opj 16", width: 7, height: 5, orientation: 3, style: 16, magnitudeBits: 15, zeroBitPlanes: 3,
        segments: [(34, 46)],
        data: """
            JMYs3GWehTEe7CYfpm+8M8cz2sxberH+6cnWKsWvfTZMXBLy8ucBcCThpKCCLg==
            """,
        bytesEach: 2,
        coefficients: """
            z/8AAB0ABQAGAAQA//8oAC4A6/4JAA0Cp//SA/b/AQBOABX8HQDV/zb0+P/5/yYAuPfR/wcAAQAdAKL/2f74A6P+BwD9/w==
            """),
    BlockVector(
        name: "opj 32", width: 7, height: 6, orientation: 1, style: 32, magnitudeBits: 14, zeroBitPlanes: 2,
        segments: [(34, 60)],
        data: """
            Vuqe5fBuHltH/VyCxXkpACXFfyk0JRKsqypmakdUzwKkD24PU5GXRbGdGpPuQi1glJBM6jUHxYW6Tc2v
            """,
        bytesEach: 2,
        coefficients: """
            8/8MANIC///+/////P+p/7b/8QEEAIIA5//6AA8AEwDP/wX/AgPq/60FAgD7/4T/zgTo//r/D/0IAO7/3gD39lICAAABAOn/3P+E/PkBTv////z/
            """),
    BlockVector(
        name: "opj 5", width: 8, height: 5, orientation: 2, style: 5, magnitudeBits: 14, zeroBitPlanes: 3,
        segments: [
            (1, 2), (1, 1), (1, 2), (1, 6), (1, 3), (1, 2), (1, 2), (1, 3), (1, 2), (1, 2), (1, 4), (1, 2), (1, 2), (1, 3), (1, 3),
            (1, 2), (1, 3), (1, 3), (1, 2), (1, 3), (1, 3), (1, 2), (1, 2), (1, 4), (1, 1), (1, 2), (1, 4), (1, 2), (1, 1), (1, 5),
            (1, 2),
        ],
        data: """
            N397/38B3vTlpo/U9V2ADP9/6I+/QRX/fwAwIZVyBP9/AwYBpWQK/3+IgAIkwCr/fwo0CqwViP9/IgJM9nzVADVRYrp4cv9/qvMBuoA1/38=
            """,
        bytesEach: 2,
        coefficients: """
            GQAbAMP/DAABAAQAAgACAKcDQQPvAbr/gABV/A8A9PwBAAQAEAAq/X8C3f9sAPz5AQD+/woA2v3r/fH/AwACAGD9/v7OAOr8gAGr/wEABwA=
            """),
    BlockVector(
        name: "opj 13", width: 7, height: 5, orientation: 3, style: 13, magnitudeBits: 15, zeroBitPlanes: 3,
        segments: [
            (1, 3), (1, 2), (1, 1), (1, 2), (1, 3), (1, 1), (1, 2), (1, 3), (1, 1), (1, 2), (1, 3), (1, 2), (1, 2), (1, 3), (1, 2),
            (1, 2), (1, 3), (1, 2), (1, 1), (1, 3), (1, 3), (1, 2), (1, 2), (1, 3), (1, 2), (1, 3), (1, 3), (1, 2), (1, 1), (1, 4),
            (1, 2), (1, 1), (1, 4), (1, 2),
        ],
        data: """
            JMYf/39//38tDEEf/38Ers+z/38AAApNKv9/CAYZbar/f0INgSBlAAhBFZAq1f9/8IB1/dr/fzqiKg+OHf9/DSzKT2X/f1yHOdyu/38=
            """,
        bytesEach: 2,
        coefficients: """
            z/8AAB0ABQAGAAQA//8oAC4A6/4JAA0Cp//SA/b/AQBOABX8HQDV/zb0+P/5/yYAuPfR/wcAAQAdAKL/2f74A6P+BwD9/w==
            """),
    BlockVector(
        name: "opj 63", width: 7, height: 6, orientation: 1, style: 63, magnitudeBits: 14, zeroBitPlanes: 2,
        segments: [
            (1, 2), (1, 1), (1, 1), (1, 3), (1, 4), (1, 1), (1, 3), (1, 3), (1, 2), (1, 1), (1, 4), (1, 2), (1, 1), (1, 3), (1, 2),
            (1, 2), (1, 3), (1, 3), (1, 1), (1, 4), (1, 3), (1, 1), (1, 3), (1, 4), (1, 1), (1, 2), (1, 4), (1, 2), (1, 2), (1, 5),
            (1, 1), (1, 2), (1, 5), (1, 1),
        ],
        data: """
            VumUACQJwYsM0u5fHTt1fjQ5WV2eAcCLCuyVqGYAAvLsQ00GAGEcdVWREG8eFb4rdWXkAgpDmw8VQGjw8FClwQhmmCptDzRoyrb3KuNkENDCtg==
            """,
        bytesEach: 2,
        coefficients: """
            8/8MANIC///+/////P+p/7b/8QEEAIIA5//6AA8AEwDP/wX/AgPq/60FAgD7/4T/zgTo//r/D/0IAO7/3gD39lICAAABAOn/3P+E/PkBTv////z/
            """),
    BlockVector(
        name: "grk 0", width: 8, height: 5, orientation: 2, style: 0, magnitudeBits: 14, zeroBitPlanes: 3,
        segments: [(31, 52)],
        data: """
            N4E+V3py00Xz3u2XLJOatcAxxADuxq8aew5iQ8vXIURYAcbSjEekOo9RPomid3lnOP2yPw==
            """,
        bytesEach: 2,
        coefficients: """
            GQAbAMP/DAABAAQAAgACAKcDQQPvAbr/gABV/A8A9PwBAAQAEAAq/X8C3f9sAPz5AQD+/woA2v3r/fH/AwACAGD9/v7OAOr8gAGr/wEABwA=
            """),
    BlockVector(
        name: "grk 1", width: 7, height: 5, orientation: 3, style: 1, magnitudeBits: 15, zeroBitPlanes: 3,
        segments: [
            (10, 10), (2, 4), (1, 2), (2, 4), (1, 2), (2, 5), (1, 1), (2, 5), (1, 2), (2, 5), (1, 2), (2, 6), (1, 2), (2, 5),
            (1, 2), (2, 5), (1, 2),
        ],
        data: """
            JMYs3GWehTEe6wAABNL/fwQDDNv/fyEGwEDKAgQgkgVa/3/wgHX92v9/OqIHxw6q/38Msyk9lf9/XQ5zuV3/fw==
            """,
        bytesEach: 2,
        coefficients: """
            z/8AAB0ABQAGAAQA//8oAC4A6/4JAA0Cp//SA/b/AQBOABX8HQDV/zb0+P/5/yYAuPfR/wcAAQAdAKL/2f74A6P+BwD9/w==
            """),
    BlockVector(
        name: "grk 8", width: 7, height: 6, orientation: 1, style: 8, magnitudeBits: 14, zeroBitPlanes: 2,
        segments: [(34, 54)],
        data: """
            VwzXgGx7IXPTzY5NkTVO8KVTe7id+RRaje6YFBaiEkuLlcn1OzBZGw0GdRvEaxGP7ncj4Dc3
            """,
        bytesEach: 2,
        coefficients: """
            8/8MANIC///+/////P+p/7b/8QEEAIIA5//6AA8AEwDP/wX/AgPq/60FAgD7/4T/zgTo//r/D/0IAO7/3gD39lICAAABAOn/3P+E/PkBTv////z/
            """),
    BlockVector(
        name: "grk 63", width: 8, height: 5, orientation: 2, style: 63, magnitudeBits: 14, zeroBitPlanes: 3,
        segments: [
            (1, 2), (1, 1), (1, 1), (1, 7), (1, 3), (1, 2), (1, 1), (1, 3), (1, 2), (1, 1), (1, 3), (1, 2), (1, 1), (1, 3), (1, 3),
            (1, 1), (1, 3), (1, 3), (1, 1), (1, 3), (1, 3), (1, 1), (1, 2), (1, 4), (1, 2), (1, 2), (1, 4), (1, 1), (1, 1), (1, 5),
            (1, 1),
        ],
        data: """
            N5p6rA8TiFE1PoiIiu/GbkZ9aTGy0UYAwIZyBEQMGAWlZApEkgAKJMAqwxRoFawViEJEBUz2fNUA1zVRYrp4craq8wG6gDW2
            """,
        bytesEach: 2,
        coefficients: """
            GQAbAMP/DAABAAQAAgACAKcDQQPvAbr/gABV/A8A9PwBAAQAEAAq/X8C3f9sAPz5AQD+/woA2v3r/fH/AwACAGD9/v7OAOr8gAGr/wEABwA=
            """),
    BlockVector(
        name: "opj tall", width: 4, height: 35, orientation: 3, style: 8, magnitudeBits: 11, zeroBitPlanes: 2,
        segments: [(25, 149)],
        data: """
            grYcXMmjOVAB5DJlBz7FL/i9w3RUFzsSp/qsYSxbB79P7CPb2XaHkLxMeokKCL5x/TqHhvEOOKz30mgD+9yNfWEL9xwK9DrUFoL9DYhwDsWamZncgZ7L
            8TVCWzJwV3/MDSaK8E76eZLo7hm4S3L2++S/O4/0vqTmKXrVru9C7BwGeK4c0aW95/9g7HTimsH7ritaNW8=
            """,
        bytesEach: 2,
        coefficients: """
            LP+AAB4AYgCe/9T/4v/A/yL/7P+AAB4AQACeABQAYgCeAKIA7P/A/+L/wP8eAJT/AAAeAOL/bP9eAKIAgP8eACIAQAAeACIAwP9e/6L/QAAe/+L/gABe
            AKL/QP/e/+L/FACeAGIAgACs/yIAQAAeAAAA1P9e/+L/nv+sAGIAgP9i/8D/1P8eAMD/HgCsAGIAHgAiAED/lP/i/0AAXv9s/0AAngAiAAD/3v9iAMD/
            Xv+iAMD/3gCi/wAAnv+iAIAAlP/i/8D/3v9s/4D/nv/iAB4AFACi/8D/IgAsAAABngBAAN7/VP+i/54A4v5s/8D/IgAAAJ7/1P9AAJ4AIgCs/97/4v+A
            AN7/4v5AAJ4AIgDs/6gA7P9sAA==
            """),
    BlockVector(
        name: "opj flat", width: 35, height: 1, orientation: 1, style: 8, magnitudeBits: 10, zeroBitPlanes: 2,
        segments: [(22, 37)],
        data: """
            R+OrA63DpcEPKMP9uwdchGrFrYLGYfoUbMO9z7fBMlgw37+Ivw==
            """,
        bytesEach: 2,
        coefficients: """
            6P8rAPr/IQAoAAsAQQAeAOj/SwABAKj/CwCm/+H/CABLAEEA6P/L/1oAQQDo/8v/AQCo/1IA6/8hAGj/y/8GAAEAqP/n/w==
            """),
    BlockVector(
        name: "ht 8", width: 15, height: 11, orientation: 1, style: 64, magnitudeBits: 9, zeroBitPlanes: 8,
        segments: [(1, 177)],
        data: """
            JKhlulswsxEHmZxiwdJHsVYBFZkNBDLhHBFDqRcJCUwOFZGdgAuUiN7T5k0MPc9DNIBqklGINLdg+3CrpJJt0EshOE0uFoHZQlA1TM0QYUC1F/ctjIUi
            ACIs/DMdCLmLWgH2XUJeJCATAACMiYSriocLQASNImMwCNL+IQCC4OgXnFj0BVfta1ts7hEnJUjQhJM3gNLuDXPWulyL90ckTj5IcFyVok30DAvACRAI
            Mp0C
            """,
        bytesEach: 2,
        coefficients: """
            EwBMAPL////+/////P86AAwAwf/6/wAABgAGAAcAKQDW/+n/BAD6//f/GgBLAJcACwD5//3/AQDn/xwA//8TAA8ABQAqAIoAzQAWAOL/9P/3/xAAXwD2
            /6H/AgD7/5z/3v/o/woADwASAP//FQA+AIn/AAAEABAA+P/+/04Al/8qAAAAAQAQAOT/6/+J/6j/AgAAAPz/UgBpANv/CQDm/+n/8v/v//X/m/8RAAYA
            7P/2//f/+v/m/wIABAA0AJkALgA9AAwA+v///wMAgAAeABMA///6/9X/1v9FAFEA6P8gAAcABgARAPr/5v9JAML/EgD//8T/MwD7//b/AQANAPv/1f85
            AFEATgDz/wQAqf83AAoA+v8JAAAAAQB2/xgAfQACAAMABgAEAAIAy/+A/+//AQABAAIABQBIAEAAn//7//r/AAD9////
            """),
    BlockVector(
        name: "ht 8", width: 15, height: 10, orientation: 2, style: 64, magnitudeBits: 9, zeroBitPlanes: 8,
        segments: [(1, 156)],
        data: """
            8DjtSJGDADyDhSBu5iKaoC3DBEKCAYAxOOu+cim4vp3QEGDFcFhKA3D0jQwp8D8zKDPSImHgimRwAGnSMSOKczy6gG9PE9MgMJCIAgQBY8u3rV0cWRwQ
            QmEs3NCw8w10/1sgKCIAAYKhgGP9Z5whE0QxUCX9AXG90gaA9InxARhSSRrgABWQ0FCSJ8yQU4pJaJH6AQBFIiAiBzcC
            """,
        bytesEach: 2,
        coefficients: """
            OQDL/1MA/P8BAAQAAgDn/8b/WwDp/wQAAgAFAAAAx//x//f/AgD4/x0A///Z/xIAAgD6/wcABQASABcAAQAEAAgA4v8vAB0APAC5/w0A/v8MAPn/DwC5
            /1MAAQD+/+r/yv9LAMH/AwACAP3//P8GACEAPgDz////gP++/27/CgAYAPP/AQAUAOf/FQD8/x4AHQD4////Zv8aAOn/BAD3/x0AEwA7AGQADwD4/wIA
            8v/5//7/+f8AAPv/AQD//xwApP88APf//P8CAAQADwDZ/8b/AgD+/9f/QgAHADoA0v8yAPr/BQDd/9r//v8XAOT/IQDg//3/3f8BAAMABAARAOX/8/8k
            ACMA3f8LAP3/0f/o/wIABQD//wAABgDu/+D/LwAaAAMA/v8AAPv/
            """),
    BlockVector(
        name: "ht 8", width: 15, height: 10, orientation: 3, style: 64, magnitudeBits: 9, zeroBitPlanes: 8,
        segments: [(1, 165)],
        data: """
            nJdfW1AIpIqJAdF19ql+/GgYMQCV6QEa7Qz1KOpGYVADpIYD4NPZPtj/GVEIAIYAxd0V5sKtIa+GIbS4RFjd6Pz6G+TJpJHYIlNhcjgsLAn8hMiQ8ENC
            WhEQRPxBMSia4TwmriGY+bVABmIU4AxACAwC+MqpvbRdDouFDIIwYDAThB1Ia0knyoQhAqwizVAshED3DFCCpWggA3nCgFoAmwoIApUC
            """,
        bytesEach: 2,
        coefficients: """
            DwCAAN3/BQAGAAQA//+U/wAAlf/8//7/AAAHAAEA6P8uAAsACQDt/+f/UgDm/7D/8P/+/wEADgCn/5YA9v8BAC4AFQDd/xUANgAqAPz/8P/S/zcA5v8F
            AEQA+P/5/6b/+P8R/wcAAQAEAAEA8f+4/8D/1/8BAAEA3f/i/xkAOADD/wcA/f8yAIX/KABAADMA9v/7/wUAAACU//T/+f/l/6//1P8ZACQA0P/5//b/
            uf/S/9b//f/8//r/AgDv/wkAeP/L/wEA9//8//7/NAA4/0r/9v/8/1r/YP8zAM//+//d////HwBGAN3/HQC7/wUANADp/7//AAAdAAkA/v89AOz/mv/0
            //r/GgAFAA0AQABJAA0A/f/+/wIA//+1/8n/XAD8//r/CQAEAA0A
            """),
    BlockVector(
        name: "ht 16", width: 15, height: 11, orientation: 1, style: 64, magnitudeBits: 17, zeroBitPlanes: 16,
        segments: [(1, 294)],
        data: """
            Sl+st5cugkconUu8HZwIHmH73i6dS7wdnAgeoXQu8XZw5OztI+gIGgSNj+ASby+2S0oXnCMcwSUuCc7FHqF0vX0El7gkOINzhCNwCcUGJz6/vXvaanCO
            4Ahc4u3FuqR0wTnCEbjEJcFZ7BFK5+0juMQlwQnOEY7gEooFJ5VhSy4JzuAc4Qgu8fZiu6R0wTnCEVzikuBc7BFK19tHcIlLgjM4j+AIng08PHiP4BKX
            BGdwjnAELvH2Yl1SuuAc4Qhc4pLgLPYIpctHdAS4JC6p4CSP/Qj8yqKjb08xwL2dYuUMcG+nWMDRRznCUSwBB5D9ABgXb7bHz+fzyasyV72veT5Zy4Xu
            FXw50pw6uXq3vWXcN6Heh1acpQN4EIAZRCAZVEIAtrYD
            """,
        bytesEach: 2,
        coefficients: """
            pgNwB/f9LfpwB/f9Evwt+nAH9/0t+nAHOgv3/fn+Ovkt+tz/mAQf+9z/cAeYBB/73P+YBB/7SPjc/zUO3P9wB5gEH/vc/5gEOvkt+tz/mAQf+9z/iwV9
            BvgEmAQ6+S363P+YBB/73P9wB5gEH/vc/5gEH/tI+FwFH/vc/3AHmAQf+9z/mAQ6+S363P+YBB/73P+LBSsT3P+YBDr5Lfrc/5gEH/vc/3AHmAQf+9z/
            mAQf+7cEmAQf+9z/cAeYBB/73P+YBDr5Lfrc/5gEH/vc//EQH/vc/5gEOvkt+tz/mAQf+9z/cAeYBB/73P+Y9HzI3P+YBB/73P9wB5gEH/vc/5gEOvkt
            +tz/mBQfO6jJmAQf+9z/mAQ6+S363P+YBB/73P9w95gkH5vcz3UUSPiLBcEBSPiLBToLwQFI+IsFwQF+VEg4iyXBAckG
            """),
    BlockVector(
        name: "ht 16", width: 15, height: 10, orientation: 2, style: 64, magnitudeBits: 17, zeroBitPlanes: 16,
        segments: [(1, 263)],
        data: """
            kk8e0sjymQXtgCcoOc52xgAQm74JWti40IpmcQxYcGJKTaRHrPeEjCRdM3nNWgzNoDKbDz0BJRTZzvfcgR0iHRSviLGiPzrGNnACEWcKIzjG2YrkdW0C
            ZDHsZ0DGk8eZ0RhQBCDvGdAisOHQS0EVLH40pW28AxF02NM7IsPkybOYCZwAKnKdDcNQsp0j3QEg7BjQC32CGPpcFaU4MaVn+g4DkXiSBNTVNZMny8V8
            5gQ7wBOvHgdfFPmeLS0CO7BxoRXNAhbhYuNXAFAFEXWmEqzpe9R8ksQAGThCMle9DvF8s5cN3Crwc+nDq3tW9wx/NXvQ90OrLjIBvuIQDLVIQC6qQgFy
            sAM=
            """,
        bytesEach: 8,
        coefficients: """
            ygMAAAAAAAClBQAAAAAAADD7////////4v////////+VBAAAAAAAABL7////////gQQAAAAAAADI/v///////20EAAAAAAAA6vr///////+c////////
            /08EAAAAAAAA2fn///////+n/P///////2UAAAAAAAAAG/7///////+zBAAAAAAAAPr+////////nwQAAAAAAAAc+////////87/////////nAIAAAAA
            AABpBQAAAAAAAPT6////////pv////////9ZBAAAAAAAANb6////////ewAAAAAAAADC+v///////0oCAAAAAAAAUfr////////OAgAAAAAAAJsFAAAA
            AAAAJvv////////Y/////////4sEAAAAAAAACPv///////93BAAAAAAAAL7+////////YwQAAAAAAADg+v///////5L/////////RQQAAAAAAADP+f//
            /////479////////lAcAAAAAAAA6+////////6kEAAAAAAAA8P7///////+VBAAAAAAAABL7////////xP////////+SAgAAAAAAAF8FAAAAAAAA6vr/
            //////+c/////////08EAAAAAAAAzPr///////9xAAAAAAAAAKn7////////G/7////////2/////////8QCAAAAAAAAkQUAAAAAAAAc+////////87/
            ////////gQQAAAAAAAD++v///////20EAAAAAAAAtP7///////9ZBAAAAAAAANb6////////iP////////87BAAAAAAAAMT5////////Ufr///////+z
            BAAAAAAAADD7////////nwQAAAAAAADm/v///////4sEAAAAAAAACPv///////+6/////////4gCAAAAAAAAVQUAAAAAAADg+v///////5L/////////
            RQQAAAAAAADC+v///////2UAAAAAAAAAlAcAAAAAAAA6+////////+z/////////ugIAAAAAAACHBQAAAAAAABL7////////xP////////93BAAAAAAA
            APT6////////YwQAAAAAAACq/v///////08EAAAAAAAAzPr///////9+/////////0oCAAAAAAAAG/7////////2/////////6kEAAAAAAAAJvv/////
            //+VBAAAAAAAANz+////////gQQAAAAAAAD++v///////7D/////////fgIAAAAAAABLBQAAAAAAANb6////////iP////////879P///////6krAAAA
            AAAAUfr///////+zBAAAAAAAADD7////////4v////////+wAgAAAAAAAH0FAAAAAAAACPv///////+6/////////20EAAAAAAAA6vr///////9ZBAAA
            AAAAAKD+////////RRQAAAAAAADCWgAAAAAAAGXQ////////lAcAAAAAAAA6+////////+z/////////nwQAAAAAAAAc+////////4sEAAAAAAAA0v7/
            //////93BAAAAAAAAPT6////////pv////////908v///////0GVAAAAAAAAzKr///////9+DwAAAAAAAEoCAAAAAAAA
            """),
    BlockVector(
        name: "ht 16", width: 15, height: 10, orientation: 3, style: 64, magnitudeBits: 17, zeroBitPlanes: 16,
        segments: [(1, 233)],
        data: """
            J69rTZ6u3bVd07W6tmtN/uR3Tdfq2q7dtbrW5E9e13Yt5jHftZOna01e1+7artW1urZrJn/yu1bX6tpdu2u6ZvInT+Qxr2t37a49eV0zebp21+6aruna
            XWvyJ79ruqZrd+2u1bUcj7mu6dpdu2snT9eavK7dtV2ra3Vt10z+5HetrtW1dq1d6/8P85Abvmt1ra7dtbt28rpm8nTtrt01XdO1u9bkcfLYtfj/ff9p
            tRxK27WIeYh5+AC7mQbfPF558ATOWnR0/2Hrf+n7a/tz8Wvpu+en0U/93IUA+jKUDEmUoAcmUoFckQM=
            """,
        bytesEach: 8,
        coefficients: """
            bPj///////8AAAAAAAAAAF4LAAAAAAAAovT///////8AAAAAAAAAAF4LAAAAAAAAlAcAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAACi9P//////
            /wAAAAAAAAAAlAcAAAAAAABeCwAAAAAAAGf4////////XgsAAAAAAACUBwAAAAAAAKL0////////AAAAAAAAAABeCwAAAAAAAKL0////////bPj/////
            //8AAAAAAAAAAF4LAAAAAAAAovT///////8AAAAAAAAAAF4LAAAAAAAAbPj///////+i9P///////2f4////////ovT///////9s+P///////wAAAAAA
            AAAAXgsAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAACUBwAAAAAAAKL0////////AAAAAAAAAABeCwAAAAAAAKL0////////AAAAAAAAAACUBwAA
            AAAAACMPAAAAAAAAAAAAAAAAAABeCwAAAAAAAJQHAAAAAAAAovT///////8AAAAAAAAAAF4LAAAAAAAAovT///////9s+P///////wAAAAAAAAAAXgsA
            AAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAABs+P///////2f4////////XgsAAAAAAACi9P///////2z4////////AAAAAAAAAABeCwAAAAAAAKL0
            ////////AAAAAAAAAABeCwAAAAAAAJQHAAAAAAAAovT///////8AAAAAAAAAAF4LAAAAAAAAovT///////8AAAAAAAAAAI8HAAAAAAAAovT///////8A
            AAAAAAAAAF4LAAAAAAAAlAcAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAACi9P///////2z4////////AAAAAAAAAABeCwAAAAAAAKL0////////
            AAAAAAAAAABeCwAAAAAAAGf4////////AAAAAAAAAABeCwAAAAAAAKL0////////bPj///////8AAAAAAAAAAF4LAAAAAAAAovT///////8AAAAAAAAA
            AF4LAAAAAAAAlAcAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAACi9P///////2f4////////XgsAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAA
            AACUBwAAAAAAAKL0////////AAAAAAAAAABeCwAAAAAAAKL0////////bPj///////8AAAAAAAAAAF4LAAAAAAAAovT///////8AwP///////yMP////
            ////ovT///////8AAAAAAAAAAF4LAAAAAAAAovT///////9s+P///////wAAAAAAAAAAXgsAAAAAAACi9P///////wAAAAAAAAAAXgsAAAAAAACUBwAA
            AAAAAKL0////////AEAAAAAAAABeS////////2f4////////AAAAAAAAAABeCwAAAAAAAKL0////////AAAAAAAAAABeCwAAAAAAAJQHAAAAAAAAovT/
            //////8AAAAAAAAAAF4LAAAAAAAAovT///////9suP///////wCAAAAAAAAAXksAAAAAAACi9P///////2f4////////
            """),
    BlockVector(
        name: "ht wide", width: 6, height: 5, orientation: 3, style: 64, magnitudeBits: 33, zeroBitPlanes: 32,
        segments: [(1, 129)],
        data: """
            /3//U/9//2H+/3//f/9/K/9//27/f3/n/38f/v9//37/f3//f/9O/39/9/9/3/3/f3f9/39//v9/J/z/fzv+/3+//3//ZP9/v+P/fx/6/3+H/3//P/9/
            /1//f3/n/39/6v9/v/b/f7/+/39P/v9/L/9//3UAfds8qeL4F1rgQz0A
            """,
        bytesEach: 8,
        coefficients: """
            AAAAy/////8AAAAgAAAAAAAAgAcAAAAAAACAGAAAAAAAAAAgAAAAAAAAgAcAAAAAAACA5/////8AAAD1/////wAAgPj/////AAAA8P////8AAIAHAAAA
            AAAAgOj/////AACAyP////8AAAD7/////wAAACAAAAAAAACABwAAAAAAAIAIAAAAAAAAABAAAAAAAAAAEAAAAAAAAIAnAAAAAAAAAAUAAAAAAACAGAAA
            AAAAAADw/////wAAgBcAAAAAAAAAKgAAAAAAAAA7AAAAAAAAABYAAAAAAAAA+/////8AAADq/////wAAABsAAAAA
            """),
    BlockVector(
        name: "ht refined", width: 30, height: 21, orientation: 0, style: 64, magnitudeBits: 9, zeroBitPlanes: 7,
        segments: [(1, 354), (2, 97)],
        data: """
            fUUK95qsQ1DIrKGw8/e1GHQGB4EMEMLCg8QRJCBuhgCKWId+oBwwwC7ZUipiaI1ShobpJbcBjayUFspsDLDSNyJnXkPzAmyYcAsI2KEQRGSoPDBpAmUM
            WjCDLUDckywOYwBuC20UAcFTghVAzJkl4wGRqsgHV0QAgFqMQoiQwkC2ABixL9dCoQPuQ4hvhjMQrdNwJBEPpiyWADaiGpSGhAiQJ7lkFUBY9KU1DX7m
            yuLBQ4WYTnXW1ntPOEAgnmmwAYGvjrfsmiIY9QBn8/Z/bFml6fttZL9bvJ7XnL6PPXuVbLkTi6duP1y9D4ecq8eD2mvePjmO7Swdkpt0+37p16vOSuU5
            JHlW0571th6Q10XbdWXjd0Vdy18le7uX+2l3rzeex/XP8jIuT3VzyreeXHjt5/duPkOeirrohyN3naeeDbdTo809lLug6/QWnyTvYufd87K9mt7KZW6q
            3Bz6xHgJvaNOv+ni5s/03O7gFV/WyY50v2Xh132U9Fxfdk4ctxlnbps+a8trNbvJ+QBw4IFuQCXBBMkZIlxASguxnfSJuQiNGuBSIQBWYCAUIhSoEFKV
            tAiJjsQAJ0ZQIIKAoSQjjA==
            """,
        bytesEach: 2,
        coefficients: """
            4v/n//b/DwABAP7/AAACAPH/CQDu/xoAAgD//wEA/v8eAAwABAAGAP7/AAACAP//7//w//v/EAD//wEA//8FABUA8v///wEA/v8AABYA8v8VAAUAAAAC
            AP//AQAOAP3/9v/5/wEA/v8AAAIA5//p//X/CwACAP//HADm//f/EgD+/wAAAgD///7/GAD///D///8BAP7/AAD+/+7/6P/s/wAAAgD//wEAHADi/+//
            BgABAP7/AAACAP//AQAbAA4ACwASAAEA/v8AAAIAFAAaAO3/BwACAP//AQD+/+7/BwDt/xoA/v8AAAIA///m/xIAAQD+/wAAAgD///P/8f/5/wIA//8B
            AP7/AAAHABgA9v/+/wAAAgD//+L//P/j/xEA//8BAP7/AADi/w8A/v8AAAIA///j/xUAFAAdAP//AQD+/wAA7P/0/wYA5f8AAAIA//8BABMA8f8WAAgA
            AQD+/wAAAgAbAAwAFgDk//n/GAD//wEA/v8AABgA+f/k/xYAAAACAP//AQD7/+//7f/1/wEA/v8AAAIA/P8DABQA8v8CAP//9v8CABgA+//+/wAAAgD/
            /wAA4v8LAAEA//8BAP7/AADr/x0AHADo/wAAAgD//wEA9P/8/w4A7f8BAP7/EwDj//r/GwD+/wAAAgD//+j/CAD1/+z///8BAP7/AAAYAA4ADgAYAAAA
            AgD//wEA7P/1/wgA6P8BAP7/AQD+/wAAAgDt/+b/6f/2/wIA//8BAP7/FgDl//v/GwD+/wAAAgD//+P/AgDu/+T///8BAP7/AAALAAAA/v8AAAIA//8O
            AAgADAAaAP//AQD+/wAAAgAPAOn/CgAAAAIA//8BABQA9//k/xgAAQD+/wAAAgAHAP3/AQD+/wAAAgDy/+3/8v8BAAIA//8BAP7/7v/8/xQA+f/+/wAA
            AgD//wgA7P8XAA8A//8BAP7/AAADAPr/DQAeAPz/5P/+/wAAAgD//wIA6f8XABIA//8BAP7/AAAVAA8AEwDk/wAAAgD//wEACQAWAPD/EQABAP7/7f//
            /xsABAD+/wAAAgD//+r/DwABAP3///8BAP7/AAAFAAAABQAUAAAAAgD//wEAAQAPAOr/DAABAP7/CgAdAP3/5////wEA/v8AAA8A+P/r/+j/AAACAP//
            AQD1//H/9/8HAAEA/v8AAAIA+f8IAOT/BwACAP///v8AAAIA///8//v/BAAXAP//AQD+/wAAGADt/wkA8v8AAAIA//8BABUA/f/v/+v/AQD+/wAAAgDz
            /+7/AQD+/wAAAgAdAB0A6v/+/wIA//8BAP7/BAAXAPf/HgD+/wAAAgD//wkA8v/l/+L///8BAP7/AADv/+v/AAACAP//AQABAAIADQDl/wEA/v8AAAIA
            8P8EAOX/DQACAP//AQD+//3/5/8YABYA/v8AAAIA///r/+j/BAAbAP//7f/+/wAAAgD//+z/FgANAA4A//8BAP7/AADy//L//P8QAAAAAgD//wEAFgDs
            /wkA8/8BAP7/5P/8/x4ADQD//wEA/v8AABEA///3//n/AAACAP//AQDi/+P/7v8DAAEA/v8AAAIADgDl/wMA7v8CAP//AQAaAAAA8P8BAP7/AAACAPn/
            6P8eAOT/AgD//wEA/v8PABEAHQD2//7/AAACAP//BgAbAP3/6f///wEA
            """),
    BlockVector(
        name: "ht refined, causal", width: 30, height: 21, orientation: 0, style: 72, magnitudeBits: 9, zeroBitPlanes: 7,
        segments: [(1, 354), (2, 97)],
        data: """
            fUUK95qsQ1DIrKGw8/e1GHQGB4EMEMLCg8QRJCBuhgCKWId+oBwwwC7ZUipiaI1ShobpJbcBjayUFspsDLDSNyJnXkPzAmyYcAsI2KEQRGSoPDBpAmUM
            WjCDLUDckywOYwBuC20UAcFTghVAzJkl4wGRqsgHV0QAgFqMQoiQwkC2ABixL9dCoQPuQ4hvhjMQrdNwJBEPpiyWADaiGpSGhAiQJ7lkFUBY9KU1DX7m
            yuLBQ4WYTnXW1ntPOEAgnmmwAYGvjrfsmiIY9QBn8/Z/bFml6fttZL9bvJ7XnL6PPXuVbLkTi6duP1y9D4ecq8eD2mvePjmO7Swdkpt0+37p16vOSuU5
            JHlW0571th6Q10XbdWXjd0Vdy18le7uX+2l3rzeex/XP8jIuT3VzyreeXHjt5/duPkOeirrohyN3naeeDbdTo809lLug6/QWnyTvYufd87K9mt7KZW6q
            3Bz6xHgJvaNOv+ni5s/03O7gFV/WyY50v2Xh132U9Fxfdk4ctxlnbps+a8trNbvJ+QBw4IFuQCXBBMkZIlxASguxnfSJuQiNGuBSIQBWYCAUIhSoEFKV
            tAiJjsQAJ0ZQIIKAoSQjjA==
            """,
        bytesEach: 2,
        coefficients: """
            4v/n//b/DwABAP7/AAACAPH/CQDu/xoAAgD//wEA/v8eAAwABAAGAP7/AAACAP//7//w//v/EAD//wEA//8FABUA8v///wEA/v8AABYA8v8VAAUAAAAC
            AP//AQAOAP3/9v/5/wEA/v8AAAIA5//p//X/CwACAP//HADm//f/EgD+/wAAAgD///7/GAD///D///8BAP7/AAD+/+7/6P/s/wAAAgD//wEAHADi/+//
            BgABAP7/AAACAP//AQAbAA4ACwASAAEA/v8AAAIAFAAaAO3/BwACAP//AQD+/+7/BwDt/xoA/v8AAAIA///m/xIAAQD+/wAAAgD///P/8f/5/wIA//8B
            AP7/AAAHABgA9v/+/wAAAgD//+L//P/j/xEA//8BAP7/AADi/w8A/v8AAAIA///j/xUAFAAdAP//AQD+/wAA7P/0/wYA5f8AAAIA//8BABMA8f8WAAgA
            AQD+/wAAAgAbAAwAFgDk//n/GAD//wEA/v8AABgA+f/k/xYAAAACAP//AQD7/+//7f/1/wEA/v8AAAIA/P8DABQA8v8CAP//9v8CABgA+//+/wAAAgD/
            /wAA4v8LAAEA//8BAP7/AADr/x0AHADo/wAAAgD//wEA9P/8/w4A7f8BAP7/EwDj//r/GwD+/wAAAgD//+j/CAD1/+z///8BAP7/AAAYAA4ADgAYAAAA
            AgD//wEA7P/1/wgA6P8BAP7/AQD+/wAAAgDt/+b/6f/2/wIA//8BAP7/FgDl//v/GwD+/wAAAgD//+P/AgDu/+T///8BAP7/AAALAAAA/v8AAAIA//8O
            AAgADAAaAP//AQD+/wAAAgAPAOn/CgAAAAIA//8BABQA9//k/xgAAQD+/wAAAgAHAP3/AQD+/wAAAgDy/+3/8v8BAAIA//8BAP7/7v/8/xQA+f/+/wAA
            AgD//wgA7P8XAA8A//8BAP7/AAADAPr/DQAeAPz/5P/+/wAAAgD//wIA6f8XABIA//8BAP7/AAAVAA8AEwDk/wAAAgD//wEACQAWAPD/EQABAP7/7f//
            /xsABAD+/wAAAgD//+r/DwABAP3///8BAP7/AAAFAAAABQAUAAAAAgD//wEAAQAPAOr/DAABAP7/CgAdAP3/5////wEA/v8AAA8A+P/r/+j/AAACAP//
            AQD1//H/9/8HAAEA/v8AAAIA+f8IAOT/BwACAP///v8AAAIA///8//v/BAAXAP//AQD+/wAAGADt/wkA8v8AAAIA//8BABUA/f/v/+v/AQD+/wAAAgDz
            /+7/AQD+/wAAAgAdAB0A6v/+/wIA//8BAP7/BAAXAPf/HgD+/wAAAgD//wkA8v/l/+L///8BAP7/AADv/+v/AAACAP//AQABAAIADQDl/wEA/v8AAAIA
            8P8EAOX/DQACAP//AQD+//3/5/8YABYA/v8AAAIA///r/+j/BAAbAP//7f/+/wAAAgD//+z/FgANAA4A//8BAP7/AADy//L//P8QAAAAAgD//wEAFgDs
            /wkA8/8BAP7/5P/8/x4ADQD//wEA/v8AABEA///3//n/AAACAP//AQDi/+P/7v8DAAEA/v8AAAIADgDl/wMA7v8CAP//AQAaAAAA8P8BAP7/AAACAPn/
            6P8eAOT/AgD//wEA/v8PABEAHQD2//7/AAACAP//BgAbAP3/6f///wEA
            """),
]
