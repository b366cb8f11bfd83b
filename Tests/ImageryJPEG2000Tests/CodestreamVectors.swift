// Written by Tests/Vectors/jpeg2000.py; do not edit.

/// A codestream of a foreign encoder and the image that it was made of.
struct CodestreamVector {
    var name: String
    /// How it was made.
    var command: String
    var bands: Int
    var bits: Int
    var isSigned: Bool = false
    /// Separations of the components.
    var sizes: [(Int, Int)] = []
    var codestream: String
    /// What opj_decompress gives, band by band; empty where nothing was lost.
    var samples: String = ""
}

let codestreamVectors: [CodestreamVector] = [
    CodestreamVector(
        name: "plain", command: "opj_compress -F 37,29,1,8,u -n 3", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEAAgQEAAH/XAAKQEBISFBISFD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAKOAAH/k9+CwBH5PsHPjxqL46fbWz2MaK3FcPE6t6HU3sueMiAXP+O1QGQeCsc0\
            85K/0UQ1L9MeQ5ChZ6YG2d6heBObqTIsEM8BtLLb5TwinmTUuIHgIvxYUe7NFw/OcCnH2n0/BDj8D4BBDBgkEiR+Eixraf5NIHWzG8dJcIs7G9\
            2zvW2f9l2N0tOJrnkIualPzJSymz9aLpvTrioCv9eEcfWrqm+EDxmcJMLmh4cQsnkbf81RUPkH1MI+/4atD0CMiuYydzTQcj9sQsSH5h0rt+WM\
            n5OrQa1CoTGfp/rZWwHZlLGxGQTK3D8i6NgO/i7RJDiKw0IfwStlrAuzT30mLtF9KDG/4EBGwBQUVwl0aJvvMZYDutWKzAHH0pOAbbRUhr8cVM\
            TDT8fa7T8HePwZwELPFLdn7FTaxjcVMv18uOGWX/Eign6Ws646gADoUxF1kDpd7L4YYeZAwsKLfoh6OBJ0AP32SPP9dk5cj79jJu0CMHfoMP98\
            fZVSPrwmjb24U3y5mc48P/53iG2IA5dbKE6tOas0rx8MmhT6GTp1vzlS/wg8VD89skZH7mT8p1vV14PIUia8C9DKJsaSw76ngXDWvkERGjRFQi\
            ggbVS/XT9cORTnpcadjiK5J76nEjkGL40YgZMOYTu1hDVynp8awYoYUUuN98J42CuYNmpiemjTS46l+Fs1nOS6v0X8HKD1OKuI8ZQpmSZmezWz\
            ez2uE+54Jhax7FhXFcrrGpORNLx1wxzWYJrQRE5m3ddCE3TEJSPvQQk5vKx6JZo4PoRoU6dp3x9gbyDaLYHN7xI2n8y68kVkyee0nnohAggvFS\
            k+Y5gQbkYLH99XUmeHxhD+Qmb/Tc//2Q==
            """),
    CodestreamVector(
        name: "oneResolution", command: "opj_compress -F 37,29,1,8,u -n 1", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/ZAAlAAFDcmVhdGVkIGJ5IE\
            9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAOgAAH/k9+HccASMfgwS67dCfAG0zV4Msr/KNctsYpICtTZ7YXEkEpcp4soaBWXO494Kpy0\
            S54BsdlYUbX7RmIabSa45XZBPJzOIeZNu8mbTM5AIQHKFQzXg2XctkFXONSV+9ol+Ng0k6yaz8nbE75w5oaZvx6u4jmaURwakaCFsGtig++BK6\
            6mDCQ3ErgUFdLWC4Gj+dz2iaFNqyWYIDNUCcr3oqYmfxD9IVkDRyoOK+6DZsxTIylgZWHVsaYWQOQFIDoGptShXJVnbtp7edRLoT3Nxv8bl004\
            IxzZPzpSDFmySNeLmjSw9NIkSovdOWjCkHA4FI3OAeoJp1H7Gxjy0uNrdS/n6b9chzgQPz7BB9WcW1/ORKLcYupC4yLpoP59gUtCLfo4mD3xFK\
            3lun3Xz4yUdoOTLBEVKXWJ7qDVhtCCdTXR32NhnwffQ7AvmyrAwJurZqMiqGD8bZ5GZIy/urkIFEvAnMn3VQc8WLw5KXMn+xPIzDF/p0svf+X6\
            hUJxv5faxpVSPBVpXYImDL7Xf+NBxTa3fTlYegQAuMB2snAlazBErvnfxzIeZMg5s6iOUuDqTLtIgd22kZMof5I4rNoMnqbOZk/1N9GhkLRcHH\
            L264uFGKsIQwbYGyC2yvKyS1oABWSArGfVJJ1Lxt9+k7BC5oSRuCRdVMHtWJso4BGDOrUCNiirGlIfibYx2y+EjaKbc9UBiCkmGiadAY75FHFg\
            m0cJOv9uy30+GYlri6rCemzAq61ko/XUQ1tRe8Gy4KOsLLzBW+lDdhsaAz4H5ADhi26ZbGTpQBCWPgrvBG6TPNRhEZd6St2hvQw5FkF4fDA0t2\
            blDJKS+JNyHgeaJuKcTsQhNaBacO9YEvFCU5FWYqjsFQ1WFLELHYzU163sZBSstGQHCb4DDtnRvWhztd/0FdyM0SGNxNYOYMYTXrIt+IoxkA0f\
            NqRJflHB7mb0Fw9MnSUU2G1IjaNsbVYv4auvgeQ/KtPWrgrztHIznQB2jn6cvhZYVarcUZcQkKeTPbHCiPCOlLJLR+bCPA2WBlE7+Unfv/u/Tx\
            J3Ay9xPp39/27+0eVkmqm4cjkEueCCXPBBLnghJcgBikgG7JAN2SAbsj/rfAj9eDYn9/87+/9dg/wHd/7v7/7v7R5WJc8EEuai0qaCCXPBBLl2\
            33RL8kpalDegG7JAN2SL8wVcfrwatV/27+/+7+3ZNU+nf3/3eZbnAzq7/9k=
            """),
    CodestreamVector(
        name: "manyResolutions", command: "opj_compress -F 37,29,1,8,u -n 5", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEABAQEAAH/XAAQQEBISFBISFBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAKoAAH/k8+0HAe+qRVtSyPH2gsfaDz8wcAEuU4MzwU0Bxi0zCcLVumL\
            kYh/x9opPwGZ+YyAIsvhkLW7x0ytk1fbeutXUybCAhcHO05CM4g/kVJF11H1kGnrjSTnYdjbpQpfGn8IRom677KWi8KtC+aDMcEIzsozaezd9c\
            fafT8EOPwPgEEMGCQSJH4SLGtp/k0gdbMbx0lwizsb3bO9bZ/2XY3S04mueQi5qU/MlLKbP1oum9OuKgK/14Rx9auqb4QPGZwkwuaHhxCyeRt/\
            zVFQ+QfUwj7/hq0PQIyK5jJ3NNByP2xCxIfmHSu35Yyfk6tBrUKhMZ+n+tlbAdmUsbEZBMrcPyLo2A7+LtEkOIrDQh/BK2WsC7NPfSYu0X0oMb\
            /gQEbAFBRXCXRom+8xlgO61YrMAcfSk4BttFSGvxxUxMNPx9rtPwd4/BnAQs8Ut2fsVNrGNxUy/Xy44ZZf8SKCfpazrjqAAOhTEXWQOl3svhhh\
            5kDCwot+iHo4EnQA/fZI8/12TlyPv2Mm7QIwd+gw/3x9lVI+vCaNvbhTfLmZzjw//neIbYgDl1soTq05qzSvHwyaFPoZOnW/OVL/CDxUPz2yRk\
            fuZPynW9XXg8hSJrwL0MomxpLDvqeBcNa+QREaNEVCKCBtVL9dP1w5FOelxp2OIrknvqcSOQYvjRiBkw5hO7WENXKenxrBihhRS433wnjYK5g2\
            amJ6aNNLjqX4WzWc5Lq/RfwcoPU4q4jxlCmZJmZ7NbN7Pa4T7ngmFrHsWFcVyusak5E0vHXDHNZgmtBETmbd10ITdMQlI+9BCTm8rHolmjg+hG\
            hTp2nfH2BvINotgc3vEjafzLryRWTJ57SeeiECCC8VKT5jmBBuRgsf31dSZ4fGEP5CZv9Nz//Z
            """),
    CodestreamVector(
        name: "layers", command: "opj_compress -F 37,29,1,8,u -n 3 -r 20,5,1", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAMAAgQEAAH/XAAKQEBISFBISFD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAKZAAH/k9yuEfk+wc+PGovjp9tbPYxorcVw8Tq3odSAgPDQ3sueMiAXP+O1QGQe\
            CqdPiYAZnCTC5oeHELJ5G3/NUVAi6NgO/i6nLIA9skZH7mT8p1vV14PIUia8C9DKJsaSw76n/UNAxzTzkr/RRDUv0x5DkKFnpgbZ3qF4E5upMi\
            wQzwG0stvlPCKeZNS4geAi/FhR7s0XD85wKcfaffYafecAQQwYJBIkfhIsa2n+TSB1sxvHSXCLOxvds71tn/ZdjdLTia55CLmpT8yUsps/Wi6b\
            064qAr/XhHH1q6pvhA/5B9TCPv+GrQ9AjIrmMnc00HI/bELEh+YdK7fljJ+Tq0GtQqExn6f62VsB2ZSxsRkEytw/0SQ4isNCH8ErZawLs099Ji\
            7RfSgxv+BARsAUFFcJdGib7zGWA7rViswBx9KTgG20VIa/HFTEw0/H2u32l6PwZ0LPFLdn7FTaxjcVMv18uOGWX/Eign6Ws646gADoUxF1kDpd\
            7L4YYeZAwsKLfoh6OBJ0AP32SPP9dk5cj79jJu0CMHfoMP98fZVSPrwmjb24U3y5mc48P/53iG2IA5dbKE6tOas0rx8MmhT6GTp1vzlS/wg8VD\
            +BcNa+QREaNEVCKCBtVL9dP1w5FOelxp2OIrknvqcSOQYvjRiBkw5hO7WENXKenxrBihhRS433wnjYK5g2amJ6aNNLjqX4WzWc5Lq/RfwcoPU4\
            q4jxlCmZJmZ7NbN7Pa4T7ngmFrHsWFcVyusak5E0vHXDHNZgmtBETmbd10ITdMQlI+9BCTm8rHolmjg+hGhTp2nfH2BvINotgc3vEjafzLryRW\
            TJ57SeeiECCC8VKT5jmBBuRgsf31dSZ4fGEP5CZv9Nz//Z
            """),
    CodestreamVector(
        name: "resolutionFirst", command: "opj_compress -F 37,29,1,8,u -n 3 -p RLCP -c [16,16],[8,8] -b 8,8 -r 10,1", bands: 1,
        bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADwEBAAIAAgEBAAEiM0T/XAAKQEBISFBISFD/ZAAlAAFDcm\
            VhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAANvAAH/k4CAgNGAFJku3DgNlItU43BPgN+AmBH47ToQ4G+D3wOAVXwsNUv9\
            0PffgJgiVQzSRL5hHn2j+dYDFnSO8bSxz7QkEuzW53ybkkIP/eIgtwwXeUbbBT3hsireGboFF4/9ocB6eF10gPYweYv/WiH/f8+0JBB0aSmMuP\
            08h4CAgICAgMPqDJ+AfH4BwBnCD5rqhBWT1Z3cHxmdp83IDpnxrBnxIrD/fyL4aMj6+0UpDtH2li4tw+oQn4CcPtEgFsNdOy1vUdhtvd1hf2rF\
            3w9PJYdB46vttcKKOFdxrtJswh8PKniaJbtJU/lgJ7x3lkvYfX/D6gWfgFQ+0EARh5t0fxGHf6WCJNUFZ0MJ4o7Bx9ohH2hkfgGgFLgHF/lAL8\
            NJj6ry8nhJnwUubrIb2vauWLz85QdUU5h1fGln/e/qpuvD6g+fgHR+AcAPRp3D6agK6CRko0yGrV8W6KOQc2/e3hBYSTMY1xnDT+Nm8qRo12b0\
            dQgJwfOEn4A8PtBADyFVPwtUBo6BWD8MPsdXgICAgICAx9o3PwHY/AcATYtms5nlyRW7Iy1eUANhgGoBUEB/HS6ZJWi6R/Ewcgi7H/63ES+0xe\
            4dgcJRtK7SQC2Fs0LSugtIRiVNLpwZTMgkQOhCW/gAQiKu0VIgIkVMYmt/x9o7PwI4/AgAGccUv4NQ2A+/Cvaz8BsKa5Nvps2Ixr/ukmvlR78D\
            wDHAQu+QSFib6YDyIk34TnM7Dyd4ja8nwlt9LxIzwkkAHwOoBzqSLJVXeeQckfjKJZ0kz+QohLnM7l1f81Cr5jofx9oZPwEI/AJAFJsxaZ6L2p\
            KKQTSfFJ3c1X3i3rY5pv9JRX5YfxUeKr8X9vcSQ8faNR9oxH4DAA/rnt4znrwxWpaV+9TbKF5+DQoiYf0ThWWvF/2dhDodvzZ0yS6+Ah1z0XIJ\
            rm6lPo2fDUM8ls5UbaKcqQy8s19AiiEn3uFGfz9ix9pFPwH4/AaAGLt+7T/M2H/vNsLMEKi1FiDq1mZgaph0wOtxUMPoZRZcHAnzwohNQZWxPR\
            M8hNS/llcnzNJ1Sz1jLqQvB0UpsJ8Kg9dGc8vSiVUiEW2obbN8yZtQ08yiA1MAf8faEz8AyPwBwAQPFS/pqG3xrxlZjHGM4q8C10X3sxlAA5Nz\
            zuf/2Q==
            """),
    CodestreamVector(
        name: "resolutionThenPosition", command: "opj_compress -F 37,29,2,8,u -n 3 -p RPCL -c [16,16],[8,8] -b 8,8 -r 10,1",
        bands: 2, bits: 8,
        codestream: """
            /0//UQAsAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAACBwEBBwEB/1IADwECAAIAAgEBAAEiM0T/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAb0AAH/k90YEfjtOhDg/YGgb4PfA4BVfCw1S/3Q99iAHhC0PP3B4BPR\
            V3szfUxtuI7VMQWBId0YIlUM0kS+/YGgYR59o/nWAxZ0jvG0sd0YHRyzdcJ4/YGg52exw3Kq3clwVI3u88jAEuzW/YDA53ybkkIPyQAReFcE/Y\
            DgbmB/mPf5L9jAFJkutwwX/cHAeUbbBT3hsireGboFF4/cMBdKvDBqRP2hwJL+7hUvybUx9dXFP9x/3DgNlItU43BP/aHAenhddID2MHmL/1oh\
            /3/JQBTuMJUd/YGg5EvK9tb3dtKJajZ1MoDPtCQQdGkpjLj9PIeAz7QoDYEotkXWv0Wh34DD6gyfgHx+AcAZwg+a6oQVk9Wd3B8ZnafNyA6Z8a\
            wZ8SKw/38i+GjI+vtFKQ7R9pYuLYDD6g2fgIR+AgAadbFHBlvZVZCsk3G/A7md8St4hQ+5Q1N0Yc5NPwOLyOkT4M5lHFsgT4iplx+Aw+oQn4Cc\
            PtEgFsNdOy1vUdhtvd1hf2rF3w9PJYdB46vttcKKOFdxrtJswh8PKniaJbtJU/lgJ7x3lkvYfX+Aw+oQn4CkfgKAD0f2HD9kF65sdY07H6y+sy\
            F2UvWj0+VHLJ5YsrsTdxClvkOfHJ8dIgGlxOiLZs199iPxGl7u6++Aw+oFn4BUPtBAEYebdH8Rh3+lgiTVBWdDCeKOwYDB84SfgEw+0FAKP8ap\
            CZA+3WPZHV7PB541Mz+Ax9ohH2hkfgGgFLgHF/lAL8NJj6ry8nhJnwUubrIb2vauWLz85QdUU5h1fGln/e/qpuuAz8BGPtDY/AOAGdkVg38rRc\
            prJGH/Yu1xky8G3waf8Of+M0+3NPZ/GrycYEMi3hxdeq5hRgSAw+oPn4B0fgHAD0adw+moCugkZKNMhq1fFuijkHNv3t4QWEkzGNcZw0/jZvKk\
            aNdm9HUICYDPwEZ+AdH4B4AZ2AdacHOKvHSdrr3OOEB/0wUoFEkWJ2+EmkKbCY4fGySNPJw9LQSerEYk1Ad/gMHzhJ+APD7QQA8hVT8LVAaOgV\
            g/DD7HV4DB84SfgEQ+0EANkeVXC/bjHZznE98MBLjPgMfaNz8B2PwHAE2LZrOZ5ckVuyMtXlADYYBqAVBAfx0umSVoukfxMHIIux/+txEvtMXu\
            HYHCUbSu0kAthbNC0roLSEYlTS6cGUzIJEDoQlv4AEIirtFSICJFTGJrf4DH2kE/Agj8CEA4bBtz29k8FE+a6zIeaPSVZqOifvZSavQsvVhfdy\
            YAozNzLGxpBsmffAR9vwzwMvaTlAk6NFA0y6pzIGeRyBsfM2duY/PinxEYvddkOPIfUkbGCzCHIBXZ5q0wu3vti2zxgMfaOz8COPwIABnHFL+D\
            UNgPvwr2s/AbCmuTb6bNiMa/7pJr5Ue/A8AxwELvkEhYm+mA8iJN+E5zOw8neI2vJ8JbfS8SM8JJAB8DqAc6kiyVV3nkHJH4yiWdJM/kKIS5zO\
            5dX/NQq+Y6H4DH2kM/Amj8CIAZU7XKDgKPwPzefV89FZl35fRXnp92OO4aKQ4Yg5GGVisJ9ehPKCk/+hIjglcgyMF9hUwej65PsKcYRMncpNSX\
            fzTcNtHHqwnvuH/XTJ963edLIpnF0PzL/dkS7bz1CwYqzB3tY9DpbTeAx9oZPwEI/AJAFJsxaZ6L2pKKQTSfFJ3c1X3i3rY5pv9JRX5YfxUeKr\
            8X9vcSQ4DH2hU/APj8AkAby7YOcMRtC9yPIE3Sb0109kLyCAol6W5/IjDLPQbYvmPvgMfaNR9oxH4DAA/rnt4znrwxWpaV+9TbKF5+DQoiYf0T\
            hWWvF/2dhDodvzZ0yS6+Ah1z0XIJrm6lPo2fDUM8ls5UbaKcqQy8s19AiiEn3uFGfz9igMfaOx9ozH4DABIPU5KgxyurnMXb02XVoThiX/DAq8\
            R9rc8XJDvzEg9TrxwMelqqrdq/MJD1fY17yfMLpQtIvy5Gv5SW11dceEF/3Dg/Db2dSWppmsB6v4DH2kU/Afj8BoAYu37tP8zYf+82wswQqLUW\
            IOrWZmBqmHTA63FQw+hlFlwcCfPCiE1BlbE9EzyE1L+WVyfM0nVLPWMupC8HRSmwnwqD10Zzy9KJVSIRbahts3zJm1DTzKIDUwB/gMfaPT8ByP\
            wGQBYLwZWV5P7SF7M6Giyxow3/ONOs0e6IjUHSfn3+oxX6yqLztnXrxv9g8ZV9NnkeRQKhyzzvFD/3t/cM6SM12AnhrzQSaJY/XbrfoP25u+By\
            uppDgMfaEz8AyPwBwAQPFS/pqG3xrxlZjHGM4q8C10X3sxlAA5NzzueAx9oXPwDI/AHAGMDCuq5p++b1i38Yu166o1c3KMQsFYMHMzpFsY1K/9\
            k=
            """),
    CodestreamVector(
        name: "positionFirst", command: "opj_compress -F 37,29,2,8,u -n 3 -p PCRL -c [16,16],[8,8] -b 8,8", bands: 2, bits: 8,
        codestream: """
            /0//UQAsAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAACBwEBBwEB/1IADwEDAAEAAgEBAAEiM0T/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAbGAAH/k9+AmBH47ToQ4G+D3wOAVXwsNUv90PfD6gyfgHx+AcAZwg+a\
            6oQVk9Wd3B8ZnafNyA6Z8awZ8SKw/38i+GjI+vtFKQ7R9pYuLcfaNz8B2PwHAE2LZrOZ5ckVuyMtXlADYYBqAVBAfx0umSVoukfxMHIIux/+tx\
            EvtMXuHYHCUbSu0kAthbNC0roLSEYlTS6cGUzIJEDoQlv4AEIirtFSICJFTGJrf9+AmB4QtDwT0Vd7M31MbbiO1TEFgSHD6g2fgIR+AgAadbFH\
            BlvZVZCsk3G/A7md8St4hQ+5Q1N0Yc5NPwOLyOkT4M5lHFsgT4iplx/H2kE/Agj8CEA4bBtz29k8FE+a6zIeaPSVZqOifvZSavQsvVhfdyYAoz\
            NzLGxpBsmffAR9vwzwMvaTlAk6NFA0y6pzIGeRyBsfM2duY/PinxEYvddkOPIfUkbGCzCHIBXZ5q0wu3vti2zx34CYIlUM0kS+YR59o/nWAxZ0\
            jvG0scPqEJ+AnD7RIBbDXTstb1HYbb3dYX9qxd8PTyWHQeOr7bXCijhXca7SbMIfDyp4miW7SVP5YCe8d5ZL2H1/x9o7PwI4/AgAGccUv4NQ2A\
            +/Cvaz8BsKa5Nvps2Ixr/ukmvlR78DwDHAQu+QSFib6YDyIk34TnM7Dyd4ja8nwlt9LxIzwkkAHwOoBzqSLJVXeeQckfjKJZ0kz+QohLnM7l1f\
            81Cr5jof34CYHRyzdcJ452exw3Kq3clwVI3u88PqEJ+ApH4CgA9H9hw/ZBeubHWNOx+svrMhdlL1o9PlRyyeWLK7E3cQpb5DnxyfHSIBpcToi2\
            bNffYj8Rpe7uvvx9pDPwJo/AiAGVO1yg4Cj8D83n1fPRWZd+X0V56fdjjuGikOGIORhlYrCfXoTygpP/oSI4JXIMjBfYVMHo+uT7CnGETJ3KTU\
            l3803DbRx6sJ77h/10yfet3nSyKZxdD8y/3ZEu289QsGKswd7WPQ6W03z7QkEuzW53ybkkIPw+oFn4BUPtBAEYebdH8Rh3+lgiTVBWdDCeKOwc\
            faGT8BCPwCQBSbMWmei9qSikE0nxSd3NV94t62Oab/SUV+WH8VHiq/F/b3EkPPtCwReFcEbmB/mPf5L8HzhJ+ATD7QUAo/xqkJkD7dY9kdXs8H\
            njUzP8faFT8A+PwCQBvLtg5wxG0L3I8gTdJvTXT2QvIICiXpbn8iMMs9Bti+Y+/fgKAUmS63DBd5RtsFPeGyKt4ZugUXj8faIR9oZH4BoBS4Bx\
            f5QC/DSY+q8vJ4SZ8FLm6yG9r2rli8/OUHVFOYdXxpZ/3v6qbrx9o1H2jEfgMAD+ue3jOevDFalpX71NsoXn4NCiJh/ROFZa8X/Z2EOh2/NnTJ\
            Lr4CHXPRcgmubqU+jZ8NQzyWzlRtopypDLyzX0CKISfe4UZ/P2LfgKAXSrwwakSS/u4VL8m1MfXVxT/cf8/ARj7Q2PwDgBnZFYN/K0XKayRh/2\
            LtcZMvBt8Gn/Dn/jNPtzT2fxq8nGBDIt4cXXquYUYEx9o7H2jMfgMAEg9TkqDHK6ucxdvTZdWhOGJf8MCrxH2tzxckO/MSD1OvHAx6Wqqt2r8w\
            kPV9jXvJ8wulC0i/Lka/lJbXV1x4QX/cOD8NvZ1JammawHq/34CoDZSLVONwT3p4XXSA9jB5i/9aIf9/w+oPn4B0fgHAD0adw+moCugkZKNMhq\
            1fFuijkHNv3t4QWEkzGNcZw0/jZvKkaNdm9HUICcfaRT8B+PwGgBi7fu0/zNh/7zbCzBCotRYg6tZmYGqYdMDrcVDD6GUWXBwJ88KITUGVsT0T\
            PITUv5ZXJ8zSdUs9Yy6kLwdFKbCfCoPXRnPL0olVIhFtqG2zfMmbUNPMogNTAH/PtEgU7jCVHeRLyvbW93bSiWo2dTLPwEZ+AdH4B4AZ2AdacH\
            OKvHSdrr3OOEB/0wUoFEkWJ2+EmkKbCY4fGySNPJw9LQSerEYk1Ad/x9o9PwHI/AZAFgvBlZXk/tIXszoaLLGjDf8406zR7oiNQdJ+ff6jFfrK\
            ovO2devG/2DxlX02eR5FAqHLPO8UP/e39wzpIzXYCeGvNBJolj9dut+g/bm74HK6mkPPtCQQdGkpjLj9PIfB84SfgDw+0EAPIVU/C1QGjoFYPw\
            w+x1fH2hM/AMj8AcAEDxUv6aht8a8ZWYxxjOKvAtdF97MZQAOTc87nz7QoDYEotkXWv0Wh38HzhJ+ARD7QQA2R5VcL9uMdnOcT3wwEuM/H2hc/\
            AMj8AcAYwMK6rmn75vWLfxi7XrqjVzcoxCwVgwczOkWxjUr/2Q==
            """),
    CodestreamVector(
        name: "componentFirst", command: "opj_compress -F 37,29,2,8,u -n 3 -p CPRL -c [8,16],[8,8] -b 4,8", bands: 2, bits: 8,
        codestream: """
            /0//UQAsAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAACBwEBBwEB/1IADwEEAAEAAgABAAEiM0P/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAdJAAH/k9+AmBH47ToQ4G+D3wOAVXwsNUv90PfD6gyfgHx+AcAZwg+a\
            6oQVk9Wd3B8ZnafNyA6Z8awZ8SKw/38i+GjI+vtFKQ7R9pYuLcfaFz8AyPwDADlUTwbhgQcHVAJ/M4Uicw7OC8mocm8PM78r0qae32Co33eHx9\
            onPwE4/ARAKLWl3SVVWKGMNB6xxW99bJ8Yfy+eDIr78O7Dt2WplIxfY8t1kUMqkGbDNUB6g+1Cep+8kwssv9+AmCJVDNJEvmEefaP51gMWdI7x\
            tLHD6hCfgJw+0SAWw107LW9R2G293WF/asXfD08lh0Hjq+21woo4V3Gu0mzCHw8qeJolu0lT+WAnvHeWS9h9f8faGz8BCPwDgBnkbZ2ymdykds\
            a80n8EIw5QIQ8j4QxSTbYge76/A6fUeYXffG4E+gikScvH2ik/AWj8BUAHOA3niqD/AIWN+gqzMN+4d0s4XweGJnGsu7eELjxuONtE1AKKh4Yb\
            Oj8vA7eP3HOFSGodjjoMGRm1Y0NNPQfPtCQS7NbnfJuSQg/D6gWfgFQ+0EARh5t0fxGHf6WCJNUFZ0MJ4o7Bx9oZPwEI/AJAFJsxaZ6L2pKKQT\
            SfFJ3c1X3i3rY5pv9JRX5YfxUeKr8X9vcSQ9+AoBSZLrcMF3lG2wU94bIq3hm6BRePx9ohH2hkfgGgFLgHF/lAL8NJj6ry8nhJnwUubrIb2vau\
            WLz85QdUU5h1fGln/e/qpuvH2hkfaFx+AUAP7DOsK80O11Bl4zcX/UIH3oPfJaT/aw1DX9DK7Kzraq/H2iMfaHx+AeAj2RPy8+RgnXP8I9F/gL\
            jSWSPdwgds3byqoD3tXDmIwySA3oeKRT74Qq7s2kZZPN+AqA2Ui1TjcE96eF10gPYweYv/WiH/f8PqD5+AdH4BwA9GncPpqAroJGSjTIatXxbo\
            o5Bzb97eEFhJMxjXGcNP42bypGjXZvR1CAnH2h8/AQj8A0AYu5M+boFXB7gwDIALEvAKDhQA7B19+8ET9jPRWTXlCoPYnByODGZ3PGZk4cfaKz\
            8BGPwDgBIG5s3Lt0urE3Vt0nyG2/rVPf1WvRIMtDMX9BX1UV4nZf6qcP6XI9u5XGuvuDrdjgsgy6PPtCQQdGkpjLj9PIfB84SfgDw+0EAPIVU/\
            C1QGjoFYPww+x1fH2hM/AMj8AcAEDxUv6aht8a8ZWYxxjOKvAtdF97MZQAOTc87n34CYHhC0PBPRV3szfUxtuI7VMQWBIcPqDZ+AhH4CABp1sU\
            cGW9lVkKyTcb8DuZ3xK3iFD7lDU3Rhzk0/A4vI6RPgzmUcWyBPiKmXH8faHx9ohH4CYC7Fk0xgY0INTnQrDtwRzykmRgvBI8mZPLQdP++OPgMp\
            Jb4nx6kNQaJ2+qvB+JorO/9/x9onPwE4/AUAI+aE+zmocD/47IgHQo8V6bk7jx7gsrAr08W8WP6cb6UqN7o2pS8e4vFBtU6eOSxCHzjhp/gad4\
            A6v9+AmB0cs3XCeOdnscNyqt3JcFSN7vPD6hCfgKR+AoAPR/YcP2QXrmx1jTsfrL6zIXZS9aPT5UcsnliyuxN3EKW+Q58cnx0iAaXE6ItmzX32\
            I/EaXu7r78faIT8BKPwEgBlbMklCJRke3xUA81sDVR8KAZZQ+Z2QWbYSvgb6ZmA77L8J9ja8UmBmSO52DizzDYk2ej/H2is/AWj8BIAM5vna2S\
            NkDzomBRjL5QKt/rZ6/38M52aCpGB1mlrjFEq3TQlWWrZXpvAGGBk6TrNzA1ECjw/0vhdpen56z7QsEXhXBG5gf5j3+S/B84SfgEw+0FAKP8ap\
            CZA+3WPZHV7PB541Mz/H2hU/APj8AkAby7YOcMRtC9yPIE3Sb0109kLyCAol6W5/IjDLPQbYvmPv34CgF0q8MGpEkv7uFS/JtTH11cU/3H/PwE\
            Y+0Nj8A4AZ2RWDfytFymskYf9i7XGTLwbfBp/w5/4zT7c09n8avJxgQyLeHF16rmFGBMfaGx9oTH4BIBI1GNwK1EfPhDxXa38SNXKZstW8b4dL\
            BK5HM6dJs5PH2icfaHx+AgAfaDUhRJMxdGloZku8RYoDycWnH2f+KavqWQ4bpKYVeNz9GcLDz4H41zofaUZQaPXjf8+0SBTuMJUd5EvK9tb3dt\
            KJajZ1Ms/ARn4B0fgHgBnYB1pwc4q8dJ2uvc44QH/TBSgUSRYnb4SaQpsJjh8bJI08nD0tBJ6sRiTUB3/H2h8/AQj8A0AWC97a1OKJ2mQKFvo7\
            ZJ8V/KzZmI1WTwwmADYtXySTDOjTefN7zNkTWQecH8faKT8A+PwDgCR8zLGzuP+ASA4IDB/U+iCg3nA/HwMhRsDXgsNh6ChyJtD8HuTnCxPD1/\
            95RQRYbO/PtCgNgSi2Rda/RaHfwfOEn4BEPtBADZHlVwv24x2c5xPfDAS4z8faFz8AyPwBwBjAwrquafvm9Yt/GLteuqNXNyjELBWDBzM6RbGN\
            Sv/Z
            """),
    CodestreamVector(
        name: "markers", command: "opj_compress -F 37,29,1,8,u -n 3 -SOP -EPH -t 16,16", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAABBwEB/1IADAYAAAEAAgQEAAH/XAAKQEBISFBISFD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAADDAAH/k/+RAAQAAN+AmP+SEg+H20iveh9JU6qYZ5IkUsqMr/+RAAQAAcfaFz8A\
            uPwDgP+SIxo/fLRVc9tcidcfu6633qg4GpbDayL2lnH0dWlruPoFVqnf/5EABAACx9o7PwHI/AYA/5JRvaxTxSkrrg4JQ3DeyCeUYTxLmgeEJN\
            QOnBQyz03LOCIwA5wO8Hiafe4FC9V5jQkAd5kTRuUzhSxIOiLdnEf3+FAjOSV3lb3Yb+dMS/qUij//kAAKAAEAAADmAAH/k/+RAAQAAN+AkP+S\
            IlUNm8MlEezfbt33JGdBvwFB/5EABAABw+oPn4CUfgJA/5IWw13wUoctiGTbdjOAB9MPefokg+4p/xxOpr+2RBbq/pwhdY9tM76vHv2cPNM/3E\
            nuZn//kQAEAALH2kc/Akn5j4D/khnHFL+DUNgPvugmdn4F+2R6Q/enWuhz6yy1QstBxQyLNe5cA8AxwELvkJxwJUGFPWDUUe0Cshe/R1knn1Kn\
            OdtsO5o1S1UjYI9BS0JOdtZYhLAtsbek32tkGgmAkZ5LOAj6c+jBef+QAAoAAgAAAHkAAf+T/5EABAAAz7Qg/5IS7M0x8gj9T/+RAAQAAcfaCT\
            8AqH2ggP+SEowC3BcwIyAGJ2UUrB8I2Yql/5EABAACx9oZPwEI/AIA/5IUmzFpnovakopBNJ8UnkmrhDRxTDE/vd717P9/FR4qvxf29xz/kAAK\
            AAMAAADDAAH/k/+RAAQAAN+AoP+SFJmWojwx/fqSfTefT4xdNJvSQCP/kQAEAAHPwEI+0Lj8A0D/kiMRbBsPe9lHj9/LaooEJnMFLzxjHnjQ/T\
            Q9nwdUSxYc2CQtpJ9W3A//kQAEAALH2jsfaMT8xcD/kg9ueQ+vwIP16qYkulahyFzCF3HMShEFC3mXIQ5/GAHeJndDET9NQdBmzTgopf4xhOe+\
            m5J/OSppa0GDf2F77GN+N59BZJM2Vp/A/F//kAAKAAQAAADaAAH/k/+RAAQAAN+AmP+SD+o3t9751SOCoc26HNNmOhHnX/+RAAQAAcfaIz8A6P\
            wDwP+SHGv7wxAn/fB2zwxVLMT+CQkMPOU/MA1upgAYSIuLfxnU3SA1jouHIrgcX75Un/+RAAQAAs/Ann4DsfgNAP+SibZM4kaM/WwpKSLgsr8v\
            MjnYw8IFO/Ztf+kMVdEyroH18nH8UdNvCfPCiE0tgteHloBDQBHbCNxrbebJS6v1WnbTBp8Kg9dGcQoKxftek7JwCEL+MevzaISoN/U+3/+QAA\
            oABQAAAG4AAf+T/5EABAAAz7Qk/5INjHxKdnlja6D/kQAEAAHB84SfgDw+0ED/kg7bso8SsfsM4a39DCX39f+RAAQAAsfaEz8AuPwBwP+SBA8V\
            L+mobfGvAbR5x0CCEAP1XbsZQAOTc87n/9k=
            """),
    CodestreamVector(
        name: "tiles", command: "opj_compress -F 37,29,3,8,u -n 2 -t 16,12", bands: 3, bits: 8,
        codestream: """
            /0//UQAvAAAAAAAlAAAAHQAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAQQEAAH/XAAHQEBISFD/ZAAlAAFDcm\
            VhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAFZAAH/k8+0tBJb4wdVMYBD/lGhvsLGTdif2BosyTMm7m3xyhsr+6Xam67+\
            OSZuoYABJnAEbf8ZIGE9bxo3hM1Vh0fC1FaX3AHxVM2A0yiFRMGi/VP8F2fvKOVDR/8Y4HRjaCeZWmYGy7A10qQwoMLo/xaedJMceeVhBJ/D6h\
            uPtH4faPgvA6/bJ9j2H7GeN1wL4EqzGId977jxDHvcofgzb/FVsA7tVgwCsEr762yNpY7ONQgcSjm9q9PZmv4vM21VjmiIO0NxyzqWKbkq5KE6\
            ExSaVq3qhlJWcC7uf8/AUvzFY/ARN4f1f/MPDxtdbQukp4O1tTDtyR9qND8vhgy0lyhZeYxLS4lZ8OtT/38pDkdxws9YEAVh9hq4fL//f8faG3\
            5h8fgGAHCfMWMsq+BSdGKH/39prK7ZgKis+VQZLQdyuy80KKiFlNdxS7GQ/Df/kAAKAAEAAAGYAAH/k8+0wA46q2D/H2yN3cp8GL2lcqbIWL8e\
            Ki0Xhzy4VK1melAEtTBy0O4atR/Ufd3p030L0/8ZQCvcQxkON3GqO9QuCuPi4NoPs4VEps3/bHQjQAAMEzaZ/JGCZRiePD/fgTADP/6M/0euMY\
            +DzgQ4xV8GO4orTdDROROsuFtWeaPV7Lf0XI95h8faQx9pNH4EYDY1MiqJs0CgJByzuZ0a3a5ec7wsb0fttTY2kKO1iBxHZwn16DaiNbvfsfiR\
            Fm1N482N55gcS+R1y2wTmjK4mZRnVhHt70yhgz7y7QgOBdlIaRTmc873Miow3iHaP7oSHC2s4VDNUek4tDHPwGL8xefmIDbafFeq1FHskQQDj+\
            VZrEC+XhMbh/r/f4AIzYUwuZXYhQazxnKlhoLFZnX48mZfgq2mqLMZDZogwXNKBqH/f8/AZn4DE/MQNu+E3ijzBydEmE1QzE6ABb0N5f9//3//\
            fwWd41g2cZYpUoARgMzlDqJS+3oiCKw5N4LgmEo+KGHyJU/AHnJz/3//kAAKAAIAAAC6AAH/k8+0TBX2k5gptb6lIZznV3qICfElLTzfgIApy1\
            UkU2hzG9Oh9l9H+xOs/xiIFMMd0QckIG5eFEAeU38IcX/D6gifgIw+0LAh+z0ZG4vVKChpcRskv6pcF748jydTSde/I/z8oKMFNcl43H/H2g9+\
            YXH4AgAbGIEAoEI/J2tXeco3I5O5/38gAiQfx9oRfmGR+AMAFJrBX00JaL8m/VUvnH4h+wun/38VBtRNvt//kAAKAAMAAAGAAAH/k8+0xBSVVP\
            U7+DA1suk03V3rLEPZAW/gQ4aCK+lFPQte0q5ZbEWHwsysU53SQo2QWewuuj//GRgcdzFu/s4n4cKFBqfc3XbNclzTu8M2KagnngxC5tf4mk9A\
            H/8ZMAU3BWO8sevgFGD/MbSSbpCD7ZONxebOvf8QNwRiYC50Jm3aHan6w+ofj7SOPwHgB9cv5XvNz3VgpnpwgfThUn9q1smoWOyl4uooRV1ac3\
            /sDhHuf4ACyeY8Kc20GhWk4/PW+xoL6t1G0RcGZIjUrd83gj6ZU183bQ7qiu5ipVuqjXN1gmjX2hHuEWjHjV43x9olPwFZ+YcACtmZlrHn0d5E\
            CO1XWmJav/9/dKI+yRlYrVL9FpkP2YMIF+Fwv/9/gZ+i4RFlu62OJAi//3/H2i8/AXn5iIAWmGuMONDb/VcKry0WMfEc4bSyY8z0HxvLGYVhs0\
            FoxuLF0pbfmb9FS3fen/9/gU+xVdllbtK9JDk7FiY1Bdf/kAAKAAQAAAG0AAH/k8+0vAms7Vz6E4SI2+Rf5SW6FrYz1kgTR+ZPMTPd3xz/GZ0y\
            7zQFgLeyw+2W4lBKIpdD/xlIHdIwsSn8d+VpP0XxivJ+wVupk/u0KC8zR2ftseFqfBtZg63osWrkmB//GWAe7lrVRcRx4F4oT7URAlqsQPBQdE\
            ZpDIXlmNRtvuB1Fsm1CYxp4CFwUekUv8faRx9pRH4EIIM/lvy/51MFVYZu9JiCCh4IIG2zVlO8fKX1rsDZq2X3x2/7IOZgYpFY0M+iOI+eu81E\
            MPoGWA0pcb5EXFx8Xvp+suNVzEW4sXQdr4K7IbgJnIeWwkO8MEMuFlwIWPYRbW6/+l/t9PSK/EtRcM/AcvzGJ+Yogq3f2JgDEpYPUheRpcw3iB\
            s3rQo5BF8v/3//f3/z3U5ZAsN38GzfVngvv3ttCzjQuJuS34L5OcjczqYYt6/XSLxQ14SAyv9/z8ByfgOT8xQxyh3OrgGcdvVxrhH5hhWyLa7+\
            MTsNXqsHWVqfGb+ZV1XKhGKw7lK3MqfpHzDFIMz+X3+B7O//fzYR0LoQbKyT5/0NTTmekRWRNa4//5AACgAFAAAAvgAB/5PPtFAXMzMKCYh/k+\
            NEChhFWttfZu+RSP8YkB+9F0D5eAqu2J8koxUsHF9iP9+AgCbxRBRR6V1N0cAstYzheVDD6gmPtEIfaFgoaIRP/VUTlvke0649wJzZRhNFZbLL\
            A0SBHWo5eJzS4Su7Ho/H2hM/AKj8AYAaPYO56UI0SF8DjCiiL/u5UKDnA6um0aGvz8Ai/MMj8AYnVAUKokrvBykxWuEA3gdQHRBKvyMpeZ3Zv/\
            +QAAoABgAAANUAAf+Tz7RkF3shxnAcuGT7BxiXH8mRv4ii+YIfI9MqD9+AqB73YsCZr5W1MkE2EuKzl79wQzL9Q/8YmCclxT9ZXxa8euq4l5sm\
            kDET4ZLD6hKH1B0PtDgYQjmz0F1ZEXYOho2wWz0FLPgXtbYuXlRk0VpKjXj/Pxdo+1SDRWPeasZxTq9Lz8AuPtCY/AIAGFgwaTQuFF+nYbcVlK\
            /GoSvO9g8Syr/yAr/btsfaFw+oGj8AcCNbJPdGBuWzlxJ/GHr/TbEUGIhbZQNBv/+QAAoABwAAAOYAAf+Tz7RkEyqHKzXPUVEjKeqGBmRSBQG/\
            WSu7kNLm6/8YsCn3M3gFWle9rRISb/KnP0RTKgpmZT//GKgnEQdVBj/Qnawo4JA61ZBICCCxQK/D6hKH1B0PtDghwN0c8qXI7tNtwb6w+WAECW\
            UTzoINRQBlF4EZ+LHqxxgKsycvyKGzv00f+4s9x9obPwDI/AJAEvu7xHeKIwmCkgktjxOD0I4GgIyKoqEF3xL9Gfwl31iSr8/ANn4BUfgEgCfT\
            9BrY7xrxaUc6eosidB0cu+R+y9dvGOENhVjEV+8f/5AACgAIAAAAVgAB/5PPtCgGVRr+vq0w70Wwz7QcE7x8p0JlWMfUDAjsD+SMI8HzhIPnCQ\
            HyAxP/AB8UBTB/EHB/x9oJH2gcPtAwE/8DPxP7zhCEv4D/2Q==
            """),
    CodestreamVector(
        name: "offsets", command: "opj_compress -F 37,29,1,8,u -n 3 -d 5,3 -t 16,16 -T 2,1", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAqAAAAIAAAAAUAAAADAAAAEAAAABAAAAACAAAAAQABBwEB/1IADAAAAAEAAgQEAAH/XAAKQEBISFBISFD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAACFAAH/k9+AeB9XV8U0ulCxPKJXVTtrP8PqCo+0Jj8AYB6iuPEMA3W/4o8TeEgR\
            7AIsNH8aVFVIgD/H2i8faJR+AiCAbwJ9rGdcpDSHzNLPlaBalbyxmtzsL3kG1N2nTjJQeiXrlDgxfCA484Rnt6J84mJvfezkFFc8r3Kp/5AACg\
            ABAAAAvwAB/5PPtEgPAJ/PRbAkm0xYv09GHnGA9z/H2iE/ANh9ocAIaW26k7reopyXf7W/Tok/C0+uLd0EZBhECyq8nwve64nUGxqCoNsRvGC/\
            z8CGfgQx+A6ANOVEHWs1kExZDQ6w0reC7H/fkSZl8jkmDKR7e0tLZ6EPKaR8PkJXQqHBpDBr8seNbEhwRuu7FKRcFc+RtA5O+9ZDLc5XgfxdFN\
            0wXhJSQ32hxsKqlNk+90aOUCOFFDf/kAAKAAIAAACCAAH/k9+AUBpqRBiqt6F1ObjH2hU/AIj8AcADmJtk8Y+hLTS/Bt7fh6I/4L8OKHSL5Wzr\
            x9otfmKx+AiAHG5Ok8l5mhDapcs3k2mx/gEnvTBIfyJaP8eIlWjlBjIOs6ijYJJuZbbhXwx5XSrMLdEU8gBSpHAQBPNH/5AACgADAAAAqQAB/5\
            PPtCwMCnaago0+BSohj8/AKn4B0/MNBDXZ3maY08tzfxSYf9YSrTfmw+WKaHmNEnNFd/6GZFrbUiHur8/Aen4D8/MbChYS4uC1k1Ry2+dB8G4i\
            iHPt3DbF3QB1X0DjYDxJGyDRq+rRljmrIAVNy/EtrCQlpPAIn1alZt9HC3spfyJkHNJszFnPS33qznr9wPPHjOH1KFy+uJOpwf+QAAoABAAAAN\
            sAAf+Tz7RACk/gQ1nOKMOUMm8E/vWNf8PqDJ+AnPzEwA2Zz1l0noVLaSZwRx0YThGKuZ8EfZ8ddVtwuCVVSX8KE9RIq0+9LjEJ/1Q7DRhLYMTH\
            x9pHPwLp+ZKAH3vFGUVobO0rNGW4tG6/VC77zzhWjnPl/x6r3TxHGnU19asrJ3D+K83rOC20bJ6LKlwDJ8BENwbbl53FeK+YdtvItAHnKsapco\
            sweHbCq1unYJIcQE2eDl6/C9mfQ5mGS+KLb8nK3OzCxpCpIXPnEssjtQ0k1/+QAAoABQAAAH8AAf+Tz7QcCpE3ezTxb8PqBp+AVH4BIAzJ8HoM\
            tBi7LpyjXjPfBicYs2MZGdEXDJ/PwFJ+AtH4CQAk2LSrMSQ4lpwE3/SH+xHWDVtDLSYHYXZFtylP7KnS3C+c5LFElQtwcbIkSoV8/hl0t1Jl/O\
            6FmKuP1D//2Q==
            """),
    CodestreamVector(
        name: "tileParts", command: "opj_compress -F 37,29,3,8,u -n 3 -t 20,20 -TP R -TLM -PLT", bands: 3, bits: 8,
        codestream: """
            /0//UQAvAAAAAAAlAAAAHQAAAAAAAAAAAAAAFAAAABQAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAgQEAAH/XAAKQEBISFBISFD/VQBAAF\
            AAAAAAdAAAAAEMAAAAAb4BAAAAdgEAAAEEAQAAAbMCAAAAVQIAAACbAgAAAPcDAAAAVQMAAACaAwAAAPr/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5K\
            UEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAB0AAP/WAAGAB0jHv+Tz7RoEYWXNsQDPD3IPzxwq/Fz+oJqsTNQfdce/1/fgQAaVkdWUWpar4HFeL\
            Lng/K7nxh4355t3E+RaGBeEhP/f9+A2B8+KbfnLGyRxeIbQh3WbcvJIA7pepU9yQuGN/+QAAoAAAAAAQwBA/9YAAYASlhU/5PD6hKH1C8PtGAp\
            Sap6r3mpv7Aa+YhpEBDe7BshC4A8inz3Ndp+pL3InmWB/1zRXZfefx3MuY+penKG3FRkr5FzF0rAjD45Ze8BF8faMX5jc/MdAR9XBzJzzZDkmm\
            P32kSv9DHWMnVcTsdTAQqRXSCd6ziu7DaOnrPHNH+CWpi8eGNGjuFdGLCSgM/omvntO40Z7/tCyHUW/N3bHsRRnbwMPGfH2jE/AYn5jYAZxwT3\
            lYD3gloN10c0SwtwF9AhJSPd/38AYxX4kI5EHsLdx7M+n7mnMHlf41JF058ebVM/vGbYL80/3jEzKLPqs/35p4lCMr1rCWf/kAAKAAAAAAG+Ag\
            P/WAAHAIFFdW3/k8PqO4+1Fj8DwC8CdpTarIzZZfUfHGrobqQmoJcECKDcJ8GInT7J+jts/nfmXQDS5VmC8h6qr52A/2eL3SNdnxvY8PA/M2h1\
            fpqCDiNMFHv21WlWCKK2B2SUGFoJeQ4lCcIBfPefPdTAjleqEqg3kyRjQQmFX1O3tYXmVvitk+B0/G2sSyS0NDN/k64e8F5qzymfUjuWhabbRb\
            6e0oCbZeU79TcftiTM1QD9LCA6OEqQmYkqs+bGzkK6U9aT2O9QoXV+Gwp/z8Ce/Mon5jyS98VW5JddN8lHITmTXEOGMnL6MejrfpYuhjaP+kYR\
            m4dS179l/3+QEt0CqibrDGDsasDtomMrvUsB7VWaUZLE2qM/cv6kqLKxwvff/d3XlAy7cLu1pNwq+CIPsMLLWYL+XhBM/1xa/i//f/9/z8CSfg\
            ST8x2T80Ub8lPUa4riw52ZH7AtmpKaYWrrg6f12ONdowcQ+/9/ed80JFxdor5eanCvdkUgnCdE8mMwmJ1dC+WRmC5mBXG5A40f/39/47G+9/5d\
            0nOpa1aMDb4+d/8u4HhMG7AI/3//f/+QAAoAAQAAAHYAA/9YAAYAIB8h/5PPtHQVBHTIjeUyrk2eORiEIB/Pz3W4E4xseOstFt1Jf9+A4Bdo1J\
            uzmdopzogtgfvl89iLS5yZ40DctEKE7yPfgPAQOice5CehqfNXQxYFzQnxCLmw/DGPZJf64aY6n9//kAAKAAEAAAEEAQP/WAAGAERVVf+TwfOQ\
            j7RmD6hID+Y6cg8MjzygFwewsYnRIy0/mGhOuFuoPjUnOz1moJtDjllN+BLOYOcXShMfIg0nkeEwxL0IU5ORTr/H2il+ZBH4DAAXTdkuRFqrC5\
            TUUfu6wGyuUNStrBH60Pe0Vtt4ZT7WEezkMFhH4yM+gLlVauk9N01en/9/AARNW5VbNTbJYn0IP3zMxWOV7X1xlnN/x9orfmPx+AwAHJA/zJSs\
            G/Q2j9j2508fz53YTX0fHRrUFnFRIXPZKLlhJY6mfUyzaNwaSuY9Dc3Nkw93Vxfgsd5XGKH+ueEzmI4FFICgata3qWbAjP+QAAoAAQAAAbMCA/\
            9YAAcAgTlwc/+Tw+o1j7UaH2moHKwiS6EDj/bgyy9ncprbCR7exJaZpulA2E5d3Dmdew6Z7Q7dRcamr8890yC/0ANbr6xxUk8PSUAhKHeDXSc8\
            leodAI0CIzh6Q8uEknPoY/VQhpRrMC1Yv4UwnbYgLA8FhKvv3ioWbgphZL0btL9IFJyptFBCGpFb1f9/Il9JvihMn76IbEZ83xDdp/ANUBWm61\
            F45Qa+pgmQhrOtKUBBgnzXI3KZPnaSAlYJ5BEe1p/H2k0/Anj8BoAXhbzqkEOeaOSM9HdhrffFuT++toEC7gH/GdYVYa5jqhVd/3//fxL5Xj95\
            uJWmz162JYf9FXppD5q7YPWXRyVkQMPWmqzizAtGP039gBbfLPSCKk9BmL+bPYZeTlqHRpVFTcS8P/9/x9pNfmVR+A0AG1AmOHhZbjIS6RA5c6\
            6EJgFrqxYPy34dpcCvGyrHFUvRJ/9//391po5aZTpIsfjdmrQPmNpgdwrQlbYkPkDzLvIJWNduDRDvdRESUPp//38WNu7+CZaomDagM27P5sWk\
            8Tz/Li5+/3//f/+QAAoAAgAAAFUAA/9YAAYAFBYV/5PPtEQGUSwRTZ/4pFwqPY7rcE+Lv9+AmBjQh1HGEEu9YTv/UDAALdaWzSffgJAaXkdlK0\
            guJ/Iuow1cP7JGcIr/kAAKAAIAAACbAQP/WAAGACgxLP+Tw+oNh9QRB9QUHAs2Um4jxehDNv5FrxtGDIh7SYc7EE7rpUMQyg0Tsd+YjPwC5+Ya\
            FOQ6/rOqO9JG8JTa+fNDRX8RYSHygqAhFB3z1BMonaaudU2tVuK57T/PwD4PnET8wwAUqw7DS3cV36Mxa/z3OY0Z2x+H1b8BIxMocoAOC/Ebi9\
            ej7/+QAAoAAgAAAPcCA/9YAAYAZkA7/5PD6iOH1DkPtHge4+4/BGhmj9L6XExJYK3fpl+eGkUeloZ6UDwkTV4oC4azzyPVqHP77o4QoeI9xo4R\
            EI+pFIcPJd4y8QgSs38kbXvB5PqCUscLvyd+xZGVHpNGLp8Qc/iqTSQOaL/PwFZ+AnH4B4Ae6oviVhXl0gQgDNFBWfIjRf9//38l7/Q4u3rmCm\
            Vx7PoKNA1ov/9/Hw/RtmRlj/NtBBFnF3yfz8BSfgIR+AcAQFg+tIEHbc+VQyJO9y2+B5kf/3874EiodRNiroCYBDBw1f9/JJJycKvtX758VpEb\
            ByP/kAAKAAMAAABVAAP/WAAGABMWFv+Tz7RABWyzxMXpdyu87nYmMFlXjt+AmA5H0zPo3B2PBM9zB/pTy0XvHG/fgJgT5g2FJKTGnG+SwCbhNQ\
            qQJGY//5AACgADAAAAmgED/1gABgAqLiz/k8PqDI+0Lg+oKA2Fk8TH6dgrSn4E3xHobHaOkVN+sQdXEF9R0XuJusv/f8/AOn4Bs/MLDmxkg9LQ\
            VL8pC4UPaW8K/xOk0UR3sqtGe+6fEpqWEOfMRCaRx2PH2h1+YXPzCw4X/HabxoPiE5fS8cQ/FhcIoeIJBGbJuHkPv0OUmOcPE/pFt/+QAAoAAw\
            AAAPoCA/9YAAYAXUVC/5PD6h2H1DsPtGgeDx/uJOtGJUJroKAhdvGcQoXMEk0gKSs8Z4V3QgOo9cwcEOm/6Prro5B/bl9kDd4SwMRXbT0TI2F/\
            Gb9ivGlAUklx2v3KSAX74BIT+QaqTFVnWyXH2jF+YrH4B4AaO0PPsjLdpq+VT6JJBA4v7DD5OzkT/38lZ4YtbBDNWyiCh0zNopFaE/XYJE0EnN\
            zFlguA9GwxoLbT54/PwF78xWPwDisbon5G/H6ZgGYVwFBWaTIS1y3yn/9/NsAiFh6R+wqHQRxn+o+PK5z3zf9/Gn8Nf9XuaUEBsp3j9zT/2Q==
            """),
    CodestreamVector(
        name: "packetLengths",
        command: "opj_compress -F 37,29,1,8,u -n 3 -p LRCP -c [16,16],[16,16],[16,16] -b 8,8 -r 40,10,1 -PLT -TLM", bands: 1,
        bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADwEAAAMAAgEBAAFERET/XAAKQEBISFBISFD/VQAJAFAAAA\
            ADR/9kACUAAUNyZWF0ZWQgYnkgT3BlbkpQRUcgdmVyc2lvbiAyLjUuMP+QAAoAAAAAA0cAAf9YAB8AFgEBAQEBAQEBBwEBAQEBAQEBRoEsKV1p\
            LlNkJf+T7ymAEfk+VVgXPD4Yn21s9ifI41iFy4CAgICAgICAqUAS7LZZYYCAgICAgICA/aNvsCy7mGm/qVxYQJpSVtmRFOLUTseR6CNBy+K9V5\
            yqXECE2u/cF2IfRPNAAMFXRL5RAS1n28gv7V+BgaICtOCvMINZAcfacT8DSPwNwDvqbBQSJH5gMrKk8eelncE2CGU4nqjEGPzz3Wq74q+FEwq/\
            NKFkNefaMhT8HIICtg+861WdJ7x/GZwkwfBUz6NKRVwonDfpYD8n7OocoXNZW17YYuAPrTUd2uUvnaoFtb2/Btj4VrjdBnifgCLm9Z366uSQ4j\
            Mz8s43k/YO6WdJPuY/YXKsxojvUCsEEf6kynpLDCXDZFzXKPwpe3ylbBi0JL/D6gifgIw+0HARifQF/fu/cRGHfF6AAkCWXKqoAbswjqC/CXQr\
            YFOEwsfaNz8B2PwHAE2LZrOZ5ckVuyMtXlADYYBqAVBAfx0umSVoukfxMHIIux/+txEvtMXuHYHCUbSu0kAthbNC0roLSEYlTS6cGUzIJEDoQl\
            v4AEIirtFSICJFTGJrf8faOz8COPwIABnHFL+DUNgPvwr2s/AbCmuTb6bNiMa/7pJr5Ue/A8AxwELvkEhYm+mA8iJN+E5zOw8neI2vJ8JbfS8S\
            M8JJAB8DqAc6kiyVV3nkHJH4yiWdJM/kKIS5zO5dX/NQq+Y6H8faGT8BCPwCQBSbMWmei9qSikE0nxSd3NV94t62Oab/SUV+WH8VHiq/F/b3Ek\
            PH2jUfaMR+AwAP657eM568MVqWlfvU2yhefg0KImH9E4Vlrxf9nYQ6Hb82dMkuvgIdc9FyCa5upT6Nnw1DPJbOVG2inKkMvLNfQIohJ97hRn8/\
            YsfaRT8B+PwGgBi7fu0/zNh/7zbCzBCotRYg6tZmYGqYdMDrcVDD6GUWXBwJ88KITUGVsT0TPITUv5ZXJ8zSdUs9Yy6kLwdFKbCfCoPXRnPL0o\
            lVIhFtqG2zfMmbUNPMogNTAH/H2hM/AMj8AcAEDxUv6aht8a8ZWYxxjOKvAtdF97MZQAOTc87n/9k=
            """),
    CodestreamVector(
        name: "progressionChanges", command: "opj_compress -F 37,29,3,8,u -n 3 -r 20,5,1 -POC T1=0,0,3,1,3,LRCP/T1=1,0,3,3,3,CPRL",
        bands: 3, bits: 8,
        codestream: """
            /0//UQAvAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAMBAgQEAAH/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAE6AAL/XwAQAAAAAwEDAAEAAAMDAwT/k8rwEYWXN1UmLcDNcuMkFYhe\
            gNVgHz4mTcrGtEAVUQP4uJiVeBU8m9XCYwtzodHs/cywsN0GAqcK3xKAGlZOXImDEHLZGlrvBoMjcE9wJYgrKydJXdd033XJ8OCdbGwM3Ibl4/\
            wGgNtknBbw5jccSqXiC/XTXzoy0J3NyBKXVis+/OWAENHjwlWVeLwGx+vOlym2wOhVspWpXdldHWOmwTgg/JoTMarQ54QZdxqisd/9DEA382TF\
            sgyaBkVgsQ1hsM5/NvGOjEVajvim8s32ZkJaiI8Sn06ubwIzYaGXkSGXa31r/SaAAVYbBz0RLg0glFc4aoFxNhhPlLmKfDcbt5wrabknon9Mpf\
            tcvSjAS367XnYEncu5taoVr/+QAAoAAAAABssBAv+TgMI48iBcytSMgmSTwjfqRyQck0iHQepaZ/0tvoWw+03AnDUlg91ajyLrAQvgXymt3dK4\
            I4x0qZRhEJFbNDsrtA53v3bjsTChEUknU4/GLgpDLlqmBqpf/aS8F0oiF7FmddtIoKB4HMZIppy9aHsnlg2oucGrkWUyjihG2s1QtTPsTgrvHd\
            HWS28ActAQnC2jozpy3sl45laahCjutBO9mgD3rUXwLqORaeemH9jRCFG2HNkVd2+b/38oT4CjlmFqgDNobkYnaydzu2EVsoM+zRer6QduKVA4\
            /qQzaGZqcxBCrAN/PnSD+Zyw9d8e0P3D6qd+pLfYQYAvAnD49OgXIjUQi+tUDCTfoKnp5cF/EMna2hI4fjN9cz57rDqNAFxnyA95f5s9jRueOF\
            tEIScqiDhevzBzas7/KjLo6AfrLBUn0Ic+nK8TirCkIS4LLF6G4VpgKgWRUPfDP+1K348QvwwZMAAUO4Vw99FJfNayarpTGW4ZbGPbW4+FH19A\
            ym2JIheo7iBbBUKhIZEtqauRVtJBMm1dluLobO67FWLxZ85X+qy3kNotrVHJVcD1Q6wcS9dmWemYj6fspgsP7Tpv4hNAPUv7KRPPsgk7CeveAj\
            aDW76mDKv3iqqJy34TKYsVEY5OZZm5HEv2Czx2aYjG9RcRnQK3p8E27pCevEkNs8mUynuWsskdj51WkOKvRDhUoWx/G8NUOrTi2sEMSyR+k5le\
            THa1juiCXQ8r78HQ5GsBkG7daG47MSqmW5FVPrxnktWS018A/P9wEy0LTev84VXVMXq0UbJ98RgSd/u/afrNKJ+LwlXeKAFCioV/U3RZktAUsk\
            2HeQwu87zFuxdOeBUmPITte0BtxGwjux8HCPSwy+008u7iTaW18AVNUaqHqHGt9H84DiOsIih8DEGA3wmXwMTygEjDD5rsB9YjUg9kFAEKc6sP\
            BmMg+qFIzT3fQ2Ah+sohqojFIxiqhJpmnqrSRgmusJ68x8xvC3k0/Ye/ab/caLCGlwOjRz28JHf8uhXwyGfASNkLuJ0+72Ll5BrbUitA7cC+N+\
            d0K1p1dl4Yo9Qh2wRIt8zz2sSSlUzApH8ffGKB6X1ESOlHikQaNj/mKR62cuzH8nKQi0zNhVIJ92LmrFhZkr9jtMWtsopTSUA1TM4aA25n0BTY\
            50qBzIY5SSGxHpl/mbUiwKKZVn0QgLxlOBhSqGvJp5RJr9qhsfNTtsXer+3EfuhZqYCvgr4twKHc1LUTDwAwOeOfSEQi9iUHNWjZRQ+KWs5NeQ\
            1Zb+Vmn/AgVsjXzVutXNnKL6oIKQ4cEIRMp91OENS7NPpYQXioUfS8eOCvN1+xVs/Bl+0efeFItpGBxfMUtlT9emMli1prlReLc8Df/LcgGxPs\
            g4zFJa/b6cyFcWNe2dmYrwaAa7aVBEA6dPcoAIZLmBUO2foYaglKpeuRbNoaXDdD5kmwswUIJ15W0feS3G3R6u/4Xdv/f/9//3+ZQ/fzhWQegc\
            xFdpePQwvRtoBa+W3kGchCMhWJ2lvlngCAU71vEIdWw+2b/b0kNXvmGWXdEqj0N/gi/39u5CvPverIaOUCEn+4aJTpH82HbyK6tcKTkgI19eC3\
            HtCX/3//fVZ/loDOl3wJzypA/ztM5ypGXtB0dTa/5tXO/UzGcsODtWsEJ9RvzoAedFprEc//b6xm/sJjQmN/MeiG3Kn9hx9pv9xkxB1NmqNJn7\
            RPxi+n0637qlE0umkepmIg0UBqo94xe504lBR8HFYm/XpRmFcCKP6w23zZHtKPkdEmDfTqdOaL9GQfqGCathhXiqU6rV6RPhy99iviE5LWVGE/\
            Eu6pWEaNrjE7F0nfmRO01H+4yjbLbwLs2pP/XZvrwjnDlA1I9DDzP3k45sF2A4T4r1DrP9nPqTgWixRFXGbjszO8DsUQdZmAzr98FVFuAKDbfj\
            DaVmZeg6PxG4LDxtcx+uCznoYIBVm/pWLxxXClTfKOsLn9INGCX9Gq59y1X9fynTqd92eE8C3dqInB5eXwrEch0MnqtE00JFojClHqzffy7q3V\
            RQ8yBd4U8H38wpf7TtIj/YjfaOvvCYCpSUsYDTsRwAOAXzo938kbVc67POEIgV+YEnAoVX8KgLjVrPOsmxCaf/0NDULRJe2XfKGbkd2kO+3/VX\
            jUX/9//3//f/9/ycX0ZKaxVQBsoMtlyRAceJt5Rd893HjO2n0FBEnxg24TMJAy8Nc74dGwZ6ggD53amMQh8f2//3//fxrBlvGgHqJ4wTU7XkA5\
            IfzVMCrPmVEvFL3DFWWfHwK9+bRVPGB//9k=
            """),
    CodestreamVector(
        name: "regionOfInterest", command: "opj_compress -F 37,29,1,8,u -n 3 -ROI c=0,U=7", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEAAgQEAAH/XAAKQEBISFBISFD/XgAFAAAH/2QAJQ\
            ABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAACjgAB/5PfgsAR+T7Bz48ai+On21s9jGitxXDxOreh1N7LnjIgFz/j\
            tUBkHgrHNPOSv9FENS/THkOQoWemBtneoXgTm6kyLBDPAbSy2+U8Ip5k1LiB4CL8WFHuzRcPznApx9p9PwQ4/A+AQQwYJBIkfhIsa2n+TSB1sx\
            vHSXCLOxvds71tn/ZdjdLTia55CLmpT8yUsps/Wi6b064qAr/XhHH1q6pvhA8ZnCTC5oeHELJ5G3/NUVD5B9TCPv+GrQ9AjIrmMnc00HI/bELE\
            h+YdK7fljJ+Tq0GtQqExn6f62VsB2ZSxsRkEytw/IujYDv4u0SQ4isNCH8ErZawLs099Ji7RfSgxv+BARsAUFFcJdGib7zGWA7rViswBx9KTgG\
            20VIa/HFTEw0/H2u0/B3j8GcBCzxS3Z+xU2sY3FTL9fLjhll/xIoJ+lrOuOoAA6FMRdZA6Xey+GGHmQMLCi36IejgSdAD99kjz/XZOXI+/Yybt\
            AjB36DD/fH2VUj68Jo29uFN8uZnOPD/+d4htiAOXWyhOrTmrNK8fDJoU+hk6db85Uv8IPFQ/PbJGR+5k/Kdb1deDyFImvAvQyibGksO+p4Fw1r\
            5BERo0RUIoIG1Uv10/XDkU56XGnY4iuSe+pxI5Bi+NGIGTDmE7tYQ1cp6fGsGKGFFLjffCeNgrmDZqYnpo00uOpfhbNZzkur9F/Byg9TiriPGU\
            KZkmZns1s3s9rhPueCYWsexYVxXK6xqTkTS8dcMc1mCa0EROZt3XQhN0xCUj70EJObyseiWaOD6EaFOnad8fYG8g2i2Bze8SNp/MuvJFZMnntJ\
            56IQIILxUpPmOYEG5GCx/fV1Jnh8YQ/kJm/03P/9k=
            """),
    CodestreamVector(
        name: "everyStyle", command: "opj_compress -F 37,29,1,8,u -n 2 -M 63", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEAAQQEPwH/XAAHQEBISFD/ZAAlAAFDcmVhdGVkIG\
            J5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAANyAAH/k9+HKvgjJoBlugkPghxAhRggyAgSG0RXIj8Y9anxAO3X8Nmdxsag69LAYxC2\
            FURSVLWwHyke+qgTP4UPAcn5Y6ejIZ+tU66xkoWpq5eHbb4wWfTFgJ1MA/MWS8OLo4GjBnULtE+wrD549s9SFuPJhkdAWMPHI9hjCxOjEq5ZDF\
            JAzvxtHrv8aExvIBl7/H1YuHAOTXZZrdXhdaLHe7bbIVy7413fMiJvf8gItKxNGPItkMNQxtuWMvxySCSF7LupW7JT4d+2qH2SZpgiImsX+zCQ\
            5Awzn3DawxptK+FvqmSMgJXmp0kJ9RaC0rbVKlw6PlgU/LB0eUtlAa/FS6tlAaqPVwKbV0qPrBV415c1ypoytioEIEIEIEIEIEIBKBKBKBKBKB\
            KABSBSBSBSBSBSBYDAYDAYDAW2x9unEgmFCggnMC5gZsTPwzlhGkolnE5QnLC5YcrLH4aMBiGMIxhccLjhccOznELPFLdn7FTaxjcVMv18uOGW\
            X+lJaAyOE+CclBLCf5CEQo4bbM1+8xX93hgLYOaG7Oa+Tycsop8Kx4u39KMxqZ+Cg9ATqJw+h7emAAAAAAAAAAAAAAAAAAIAAIoEQAAQKEiAQB\
            W9AAAAAAAAAAAAAAAAAAIAAIoEQAAQKEiAQBW9IUACAAggoBQIUEAQQUBAEoAFAgBhigxCghgoTIBQFRZiDSIeD9KDgj2yRkfuZPynW9XXg8hS\
            jmGVP5p/5vz8SOx2+UD8q28L78j+FsY5Ns/c+KnzMB1Wbs+TLKNS8coQz9PJhtmQCviXAADAwAwAAAABgAAYYAAACBAQgAAgAiCKzLYAAAAAAA\
            AAAAAAAAAAKgAKJAUQAEIBGIIq3AAAAAAAAAAAAAAAAAAqAAokBRAAQgEYgircESQBJEJUkUUUURJVSkQhCEAiIQgCSSSklQFKNJXUAFJBWqoq\
            Dyfgd4w9rhPueCYWsexYVxXK6xqTlRYXGLDhoUYwxOLNYTSnYKxwzJL2RakKHZBVHfupCghyq+T7AAAAAAAAAAAAAAAAACoBQAAAAACA+wAAAA\
            AAAAAAAAAAAAAqAUAAAAAAgPsAAAAAAAAAAAAAAAAAKgFAAAAAAID7ETEATIhPkjiizijJL5RiEMQgGRDEICTSaU0qBVougFQWqA7iSfrp7zz/\
            2Q==
            """),
    CodestreamVector(
        name: "color", command: "opj_compress -F 37,29,3,8,u -n 3 -mct 1", bands: 3, bits: 8,
        codestream: """
            /0//UQAvAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAgQEAAH/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAe0AAH/k8+1SBGFlzdVJi3AzXLjJBWIXpiVeBU8m9XCYwtzodHs/cyw\
            sN0GAqcKENHjwlWVeLwGx+vOlym2wOhVspWpXdldHWOmwTgg/JoTMarQ54QZdxqisd/fgsgaVk5ciYMQctkaWu8GgyNwT3AliCsrJ0ld13Tfdc\
            nw4J1sbAzchuXjN/NkxbIMmgZFYLENYbDOfzbxjoxFWo74pvLN9mZCWoiPEp9Orm8CM2Ghl5Ehl2t9a9+CyB8+Jk3KxrRAFVED22ScFvDmNxxK\
            peIL9dNfOjLQnc3IEpdWKz4BVhsHPREuDSCUVzhqgXE2GE+UuYp8Nxu3nCtpuSeif0yl+1y9KMBLfrtedgSdy7m1qhWvw+o5j7T6H2m4XMrUnD\
            Ulg91ajyLrAQvgXymt3dK4I4x0qZRhEJFbNDsrtA53v3bjsTChEUknU4/GLgpDLlqmBqpfjIJkk8I36kckHJNIh0HqWmf9pLwXSiIXsWZ120ig\
            oHgcxkimnL1oeyeWDai5wauRZTKOKEbazVC1M+xOCu8d0dZLbwBy0BCcLaOjOnLeyXjmVpqEKO60E72aAPetRfAuo5Fp56Yf2NEIUbYc2RV3b5\
            v/fyhP35pN+afPzSBIww+a7AfWI1IPZBSwhpcDo0c9vCR3/LoV8MhnwEjZC7idPu9i5eQa21IrQO3AvjfndCtadXZeGKPUIdsESLfM89rEkpVM\
            wKR/AQpzqw8GYyD6oUjNPd9DYCH6yiGqiMUjH3xigel9REjpR4pEGjY/5iketnLsx/JykItMzYVSCfdi5qxYWZK/Y7TFrbKKU0lANUzOGgNuZx\
            iqhJpmnqrSRgmusJ68x8xvC3k00BTY50qBzIY5SSGxHpl/mbUiwKKZVn0QgLxlOBhSqGvJp5RJr9qhsfNTtsXer+3EfuhZqc/BDvzSp+aOQP87\
            TOcqRl7QdHXEHU2ao0mftE/GL6fTrfuqUTS6aR6mYiDRQGqj3jF7nTiUFHwcVib9elGYVwIo/rDbfNke0o+R0Ta/5tXO/UzGcsODtWsEJ9Rvzo\
            AmDfTqdOaL9GQfqGCathhXiqU6rV6RPhy99iviE5LWVGE/Eu6pWEaNrjE7F0nfmRO01H+4yjbLHnRaaxHP/2+sZv7CY0JjfzHohtypbwLs2pP/\
            XZvrwjnDlA1I9DDzP3k45sF2A4T4r1DrP9nPqTgWixRFXGbjszO8DsUQdZnD6qdj7avh9tMALwJw+PToFyI1EIvrVAwk36Cp6eXBfxDJ2toSOH\
            4zfXM+e6w6jQBcZ8gPeX+bPY0bnjhbRCEnKog4Xr8wc2rO/yoy6OgH6ywVJ9CHPpyvE4qwpCEuCyxehuFaYCoFkVD3wz/tSt+PEL8MGTAAFDuF\
            cPfRSXzWsmq6UxluGWxj21uPhR9fQMptiSIXqO4gWwVCoSGRLamrkVbSQTJtXTNobkYnaydzu2EVsoM+zRer6QduKVA4/qSW4uhs7rsVYvFnzl\
            f6rLeQ2i2tUclVwPVDrBxL12ZZ6ZiPp+ymCw/tOm/iE0A9S/spE8+yCTsJ694CNoNbvqYMq/eKqonLfhMpixURjk5lmbkcS/YLPHZpiMb1FxGd\
            ArenwTbukJ68SQ2zyZTKe5ayyR2PnVaQ4q9EOFShbH8bw1Q6tOLawQxLJH6TmV5MdrWO6IJdDyszaGZqcxBCrAN/PnSD+Zyw9d8e0P3vwdDkaw\
            GQbt1objsxKqZbkVU+vGeS1ZLTXwD8/3ATLQtN6/zhVdUxerRRsn3xGBJ3+79p+s0on4vCVd4oAUKKhX9TdFmS0BSyTYd5DC7zvMW7F054FSY8\
            hO17QG3EbCO7HwcI9LDL7TTy7uJNpbXwBU1Rqoeoca30fzgOI6wiKHwMQc/Blvza4/BFtpGBxfMUtlT9emMli1prlReLc8Df/LcgGxPsg4zFJa\
            /b6cyFcWNe2dmYrwaAa7aVBEA6dPcoAIZLmBUO2foYaglKpeuRbNoaXDdD5kmwswUIJ15W0feS3G3R6u/4Xdv/f/9//3+h3NS1Ew8AMDnjn0hE\
            IvYlBzVo2UUPilrOTXkNWW/lZp/wIFbI181brVzZyi+qCJlD9/OFZB6BzEV2l49DC9G2gFr5beQZyEIyFYnaW+WeAIBTvW8Qh1bD7Zv9vSQ1e+\
            YZZd0SqPQ3+CL/fykOHBCETKfdThDUuzT6WEF4qFH0vHjgrzdfsVZu5CvPverIaOUCEn+4aJTpH82HbyK6tcKTkgI19eC3HtCX/3//fVZ/ls/B\
            lvzZI/BCoNt+MNpWZl6Do/EbgsPG1zH64LOehggFWb+lYvHFcKlJSxgNOxHAA4BfOj3fyRtVzrs84QiBX5gScChVfwqAuNWs86ybEJp//Q0NQt\
            El7Zd8oZuR3aQ77f9VeNRf/3//f/9//3+lTfKOsLn9INGCX9Gq59y1X9fynTqd92eE8C3dqInB5eXwrEch0MnqtE3JxfRkprFVAGygy2XJEBx4\
            m3lF3z3ceM7afQUESfGDbhMwkDLw1zvh0bBnqCAPndqYxCHx/b//f/9/NCRaIwpR6s338u6t1UUPMgXeFPB9/MKX+07SIxrBlvGgHqJ4wTU7Xk\
            A5IfzVMCrPmVEvFL3DFWWfHwK9+bRVPGB//9k=
            """),
    CodestreamVector(
        name: "sixteenBits", command: "opj_compress -F 37,29,1,16,u -n 3", bands: 1, bits: 16,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABDwEB/1IADAAAAAEAAgQEAAH/XAAKQICIiJCIiJD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAATjAAH/k9/4lVgR+T7Bz48ai+On21s9jGitxXDxOreh1N7LnjIgFz/jubopnKTm\
            nlyMQv87xUSQo0h0wqXt/S0CzbzCqurKTrmSwvuCj4m598h7nluc7+PAjjhU52hP+59YxTCssAvKDzpINXpG1QBFQs5WReo6zA1dPefIO5p/XA\
            WZk0uIAKlxR49qLP9HVRrv7qmqAcCojmAnWo+JG/XdVsYTM3xxLCUEtirnoRQczGZ5ia/H/hkBP/EoSP9iT6BBDBgkEiR+Eixraf5NIHWzG8dJ\
            cIs7G88q4ccNDF0ue4Zg7xEUJ2BG2GJS+/lzZN1FSvb1rn4OsRfUdf9VHnzH3ywDUGKtqxWKxpkBGfak4QZNCILEYtBO3yjXos9i/wuo+Si9Gb\
            AULbmJgQjLYT4ay9t9OuGeGLAlXk1TROEyfxmcJMLmh4cQsnkbf81RUPkH1MI+/4atD0CMiuYydzTQcj9sQsSI19m3pwjW8XvQtUYNDoVcm+mu\
            TnzZk0S9ZusMNPv+/xAvLImQ9oG/Sl4tsciFy7782A9OhiZ6wrFuVHNvrYj1405ebjdTlOSibawYIeGMSffy70JVSPPEYsvrvLgjmyLo2A7+Lt\
            EkOIrDQh/BK2WsC764GNZkG64o8EL6GZ8MnejJ3dPfhdYT2wIr4ie6euUHPGbPVbLNFZcog8EP/3Taf9JVOF3dHeCIm0DIym6g3u4eZ3CC7RsF\
            8wfY9/8KnvH4pZvgZj2X9/m9xmN4A4c72cvm2n1Qf23Znb4xx/4Z8T/xLwj/YlSgQs8Ut2fsVNrGZoiEa9zzem0kaLz29OeyevaXBl9rU0mB+H\
            7yYYwydG5c0YF9cSn9K9ev6zAzgCnDumEIpes8phia/2LSFiTf9JCIi/tDPX6amAW2rMooS5sfMP1ljeSwDhD27G9Jg08UF9ZLAOEPbsZwoNPF\
            BfWSwDhD26Ef4aRGcXXei9NlIpLgTyrANXqXzuGR20ZKAIqCc62zh4KZkH0GO/WP7Nniez5uH6rwMixLbtKg94cdf3wKkGnJVCS9Tbous/4Au0\
            dNPFC8NbP2Uu4r7XBFMHl1ZW94wgbVXgj6S7KGrF0YA4CUScm6RBKMXtK7hEQX/389skZH7mT8p1vV14PIUia8C9DKRUojYwW2QahRRDyt+rHX\
            aMRHzQ5Pstj5sJnCqljsx246IJdc7k+smUgP7JPdQLVyjvuBAkiRtSduM+hPQGRdHgMmuf3CoFeyu3sWOgF6d9wqBXsrt7FjmwaszxjFj+jbuQ\
            h1MB0gaZnMxTkckYrDpURT1a+VfRAjj36X4EqV+9igckamXZ4t+GObk5W7DwWRLigJXofzMX5DZf7fx0oyZX1S2wQlZBnYAr7iEj0folH5HckA\
            lE9icsFPBW6Q+0UQAzAVU2AU359cayf01FVnrI0GggGFNscPbYy//39lB/BSYrmylAfDiFFEhf86+lkBRdpY/zkLvH5u+iWAH+iNYJ3uG8X6Nu\
            QdyynOBlP7O0PO7InBScS6ReLtSU1PY10hSOxdqml7HKROOou1TS9jjcB6i7VNL2JisWZ54Y6pbfXM+HTUVW3qbalyN9gozdc3qU6Rp24DlLjO\
            98oLKBwnaXAZGCM31aj9C1GbRfdG+lsChm7s4xhoLiNkZKmXjB/f/3//2Q==
            """),
    CodestreamVector(
        name: "signed", command: "opj_compress -F 37,29,1,12,s -n 3", bands: 1, bits: 12, isSigned: true,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABiwEB/1IADAAAAAEAAgQEAAH/XAAKQGBoaHBoaHD/ZAAlAAFDcmVhdG\
            VkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAARPAAH/k9/iCBH5PsHPjxqL46fbWz2MaK3FcPE6t6HU3sueMiAXP+O5uimcpOae\
            XIxC/zvFRJCjSHTCpe39LQLNvMKq6spOuZLC+3wD/PxFGWUty3Od4J+6D/6McLT/XPz2TNFZrCRPkDr0YyAHu/u5hZRYM/lk1dPS2hp7ZKvZM2\
            AasHVWtyJQkd/H8sc/wzR/hdBBDBgkEiR+Eixraf5NIHWzG8dJcIs7G88q4bWIZTSlz3DM+m5W7sCNrXGk27DmubqKVSjBMU4OsSzSssbbfFOP\
            qN76Cf0hIF3b08RDjXlGvix3EzDHS7BI9KRNDijzTN1ipO8ZnCTC5UmYiHOYNEqCJBCRLpv0nOcoCTMgdWOdQRGy19S0QKV81taI4SiVL9w2rM\
            EGYDL4vnyG41mauP20wLY1wqgT3/a0+P8Ms/wCBvnZCjmI3typ4ZBDHqdSEycszFArbGhVfc0i6NgO/i7RJDiKw0IfwStlrAu+uBjWZBuuKPBC\
            +hmfDJ3oyd3T34XWE9sCK+InunrlBzxmz1WyzRWXKIPBD/902n/S3dI2TYp36dataO9w59abKuQoI48cyG5G5zfH83pP8dcf4pRCzxS3Z+xU2s\
            ZmiIRr3PN6bSRovPb057J69pcGX2tTSYH4fvJhjDJ0blzRgX1xKf0r16/rMDOAKcO6YQil6zymGJr/YtIWJN/0kIiL+0M9fpqYBbasyihLmx8w\
            /WWN5LAOEPbsb0mDTxQX1ksA4Q9uxnCg08UF9ZLAOEPboR/hpEZxdd6L02UikuBPKsA1epfO4ZHbRkoAioJzrbOHgpmQfQY79Y/s2eJ7Pm4fqv\
            AyLEtu0qD3hx1/fAqQaclUJL1Nui6z/gC7R008ULw1s/ZS7ivtcEUweXVlb3jCBtVeCPpLsoasXRgDgJRJybpEEoxe0ruDPbJGR+5k/Kdb1deD\
            yFImvAvQykVKI2MFtkGoUUQ8rfqx12jER80OT7LY+bCZwqpY7MduOiCXXO5PrJlID+yT3UC1co77gQJIkbUnbjPoT0BkXR4DJrn9wqBXsrt7Fj\
            oBenfcKgV7K7exY5sGrM8YxY/o27kIdTAdIGmZzMU5HJGKw6VEU9WvlX0QI49+l+BKlfvYoHJGpl2eLfhjm5OVuw8FkS4oCV6H8zF+Q2X+38dK\
            MmV9UtsEJWQZ2AK+4hI9H6JR+R3JAJRPYnLBTwVukPtFEAMwFVNgFN+fXGsn9NRVZ6yNBoIBhTbHD2UH8FJiubKUB8OIUUSF/zr6WQFF2lj/OQ\
            u8fm76JYAf6I1gne4bxfo25B3LKc4GU/s7Q87sicFJxLpF4u1JTU9jXSFI7F2qaXscpE46i7VNL2ONwHqLtU0vYmKxZnnhjqlt9cz4dNRVbept\
            qXI32CjN1zepTpGnbgOUuM73ygsoHCdpcBkYIzfVqP0LUZtF90b6WwKGbuzjGGguI2RkqZeMH9//f//Z
            """),
    CodestreamVector(
        name: "subsampled", command: "opj_compress -F 36,28,3,8,u@1x1:2x2:2x1 -n 3", bands: 3, bits: 8,
        sizes: [(1, 1), (2, 2), (2, 1)],
        codestream: """
            /0//UQAvAAAAAAAkAAAAHAAAAAAAAAAAAAAAJAAAABwAAAAAAAAAAAADBwEBBwICBwIB/1IADAAAAAEAAgQEAAH/XAAKQEBISFBISFD/ZAAlAA\
            FDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAARnAAH/k9+CIBH5Pnn3lvFrPvTp+6tqsKSUuqeIT6U7Qr1tIRrcGXin\
            mJAysgOjD6djOiXMSK20XgMqBnlrf0YUWImfjcOX6vtkuqOd34CwHnpAXOmX8dazNqd7VRCBHVOCY8GWd9+BSBlUK6Ty3oqgyKR2ur8HtKn3FU\
            9Ch1HrW8ijc7xunrk4+rk8hv5Auv5rx9pxPwP4/A+AOxpqXnW29QHYk7sXVkD8wxqqZhTPH3wkVBGE0cLZiJ/SKTROiQkKfqVIvfWZdkhjQ6XA\
            6iDfugcZnCTEMr4vnuPpH2bB5CIuj4PN50utMyEtC0skbSGHZOrHpS3VwiRq7Fw19uhe+8CZJnFyNJgI98avHNinUL8i59J7ff9s9kgEznCnQx\
            ZOaL/rp/StCDDbg6xVrPHw+wM8+IsJJBY0NtWlzYdSqVdlKa9q7508XNNEzFqDrcfaGz8A2PwDAB+yn8PmHPGb+bRKht8euFrIn5aCSJTLHGMP\
            G0nVDjkE2jBBM3vPx9o1PwI4/AcAP5CaSKdxKO4erhGP3ZbE96mWTDDM3loSmVQA63dQR7+2/gHafhO9VkS+NPsdeZbuUHFiFkqe99nUg+dP6x\
            ij0el2SAp9YQAw1Dzl37uMxaEfpvt//bSi8L/H2u0/B2n5r4BCzxS3Z+xU2sY3FTL9fNeU2nnLOOpZA5ORJAV4k+v1meNRJy+944yKec9r7ztk\
            xwAfjd1Qy56RUaA27hzYR4zKZKGtkbEsijT3vmcpnBeZuOyaJCEUu07b1kAMsHIXGClVdyj654LK2UtlVt8FXG960W6+fmHKPbJGSAJBMr3Dlc\
            Pv+cm8zBSCXaoeKRuk2Jj+B2IwyyGstEGrwmViGJr9BVDsT/egPer4a6wd1AubmOOPavCmuem6Pwh/tfAMrzo3oxEOiA4PnQy6LdlBg1mWym4j\
            /hynwxRsUwTgPBYnDZ/CycMWqmHYi1Uk8Y8vPq2Ea3oCTENfFQjwt0uTq5RDPxsRevObGJDtTi43QMoDugO81vfd/l/+xEQdcNQW2H2/Emwwyr\
            mJYC2utl5pIFPZki0nssjnUW/epNQZ3J1YzZl6ItGISXsE0fR/x9o/PwI5+Y6AOJKeZ3+n8NNhX9hSUuQYYctcGitQhL9tWewXSCN4ozNyNmku\
            vEGObXsQLzRw45dUmMmGHZoMWcGBvxMESGtODpG/a8ulw00awfYyCX4gMP8br/UehKFG4/t8q0/w2D/H2oc/BAn5mwAvA9DR3XDRuWOfgVwnQ/\
            z1H5y/AqDTZeHDeCe2v8bGcg7pDcth8XjCw2Irup++sDaLxvlkiWNjloE/ueHQ582XbGNvKSoFKObgg03O73FGpxt9jznSfxrRiiCQM0CYlsjE\
            xGj8Xe7LaAHwBovv/ys185y8tKFJCOuNVtnUuM4ZQoZCf4X1rqgaTFak5Zx9AgczmwS1kCU3mx+oo1Q6RocPKfiTNfxYQWzGamhX+tinTwP2i3\
            b7lfX25//Z
            """),
    CodestreamVector(
        name: "lossy", command: "opj_compress -F 37,29,1,8,u -n 3 -I -r 4", bands: 1, bits: 8,
        codestream: """
            /0//UQApAAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1IADAAAAAEAAgQEAAD/XAARQl9SUAVQBVBHV9NX01di/2QAJQ\
            ABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAogAB/5PHxLAQ4E+ltBCmcpsooLOHM/Tc/AOeAu4LThfFmyhDqTgE\
            eXm7ObHSiiM3iGa/taOpR04ZnB10JOPw2sZqWasMnNpNYV0i6NgO/i5jvM0tx6E/jsK+OsR1QELPFLdv/og6hM2JeuiyIz2yRkfuZPynW9XXg8\
            hSJrwNVelsMlasdX/hgD4yDxQ0RHtC4aP9EU403jE1/9k=
            """,
        samples: """
            AQYPGSQtNDxETFNbYmhucnd+hYiLk5yjqrG1tbHQ/NWx5P//7gcNFiEsNDpCSVFaYWlwd4CIj5SZoKu2tr/NzsvW//r/6P8YAQAVGiQvOkFHTV\
            NdZm51fYeVoqapsbvFz9Tb1c3P//YlGCIANCggJCo0P0pQVVthanR8hImQoa+xq7rX083i5dn/7wxIMDMvITIuLDU7RVBbYWZrcXuFjpaaoK25\
            uLK/0bun+O5ETgYzLTw+Q1FaYWNFSVFcZ292fYSOmaOtxMzJ083a/9Ll5x0hAEEhJCtHTFJia3iAVVddZ3N9h5CZoqy5x+b12MnI//IhERJYRE\
            QxO0JMVVxkcH2QnWZmaXF8iZelsrW7zOff9P/g3w5BHSEgPD1MSVRXYWx6h4mNobl0dHd+iJamt8TEx+H/w+7RCAA3IRkjNURYYmhtcnuHmqmj\
            nrTMeoCKlqKqr7q6z+fureYAJxkLDxMrNkRQZXJ+iJOhrq62zNDfzn+Kna26vLm5tMnh/9QuGQ0lHhcsRU5XZnaCj6CywszFwtba/MCClbC5vc\
            TEwN7/wQAKACYoO0A/UWRsc4GPk5iowdjb6ODP/xsUiqG/wL/I17j//DBUMklUUk9ecHuFjJKep6KhtMzMvv//OiE2FKauwNj02Kv0ADocLiNH\
            WltabYSTn6uzrbDEy97au/IkJgAtPzrDvsDV+NT1SDAHCxo4TV5gZHiQo7PDzMG6ys//6hsFOjo/Olx70tLc//n/WSIhFik1Tl5rb3WFlquzxN\
            /j1Mf/IQQAIDQ1TFRleN7u4rwKACkyNkJOXGlyeYGJlqKwtb/O//EvHzQVLT5JWWZxc3L/8cYAVRILIThLXW58g4mXp7/OyNvumQAeACMwLVBj\
            Z3GCkpeP/8wSWB4hGyxBVmp+jpOZqsDe98j/3AE8MTIpRmp6g4iNna23tsUnSEIqMjdGWW2ClqWjpL/gx53nADcgPDRGSlZse4qgqLDJ0u8AMj\
            w6NUZZZnSFmKq4tbK80Z64ISkjQktbZW1sbX2SsMK4wL7/AB4/PEJUaXaCkqKqtcPd//v9MQ4oMlNYZnOAho6eurjX/+r1OR8oPEZRYnWDj52o\
            rLPc8dsuACY6TlhganSAjp2vxeSy7uQnAC41NkdUY3KBkqKnrsXg9NoAVBsiPldlcoGQk5q41NeW4wA7LCYuRkpUZHaCj6KztLfl+OEiSQAdQl\
            Vic4WbrKmlu9H9xDU2HSlDVVJWYHGEk6CqtcLc8OMFZz8RL1FldoyhsbzRz97AAAYAOjdDWF9bYGt8j6O0ub3e7cMvbSswPU5idYqjusbM4dS3\
            OF47UVtgYmltY2hzgZW10+fo/K0AV0g6Q2FteYeYrMHQ4bboDEY5PlNfcYGNk2drdoKWwOj///ghGDEuRF13gIeSn67A6/0VAAARNGFiYHmUpa\
            4=
            """),
    CodestreamVector(
        name: "lossyColor", command: "opj_compress -F 37,29,3,8,u -n 3 -I -r 6 -t 20,20 -mct 1", bands: 3, bits: 8,
        codestream: """
            /0//UQAvAAAAAAAlAAAAHQAAAAAAAAAAAAAAFAAAABQAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAgQEAAD/XAARQl9SUAVQBVBHV9NX01\
            di/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAtgAB/5PHxDQR6ztjLDEA+vWTg4Nsx8QwGqBA40+hQt9U\
            ozVWw8WAHz4tgnyvctE/b1ihjgO5z9t2S9ejxMMcAQo/vDeQeutWGI8wEtJVpKOjx4cZ5X74AJBiLUNMnURxFKHTIcSAMzyGK9FqGLAhYbkzR+\
            vP96hREBWjw4OHTYdPk0jVKSvzOi1fWrGllRsk6lCN226QWJt7OEWPNRgGUqE0JDwrktwVF2UGzuf/kAAKAAEAAACZAAH/k8fEMBUFmGE1x3C3\
            SDF30cPGgA01KEZHnh338rRnbhTHxDAiQXwJRtrmQ2BUnYujxQAswRU+ka+CgVQooyQR5zWg1uyV16qjpIAdGF33bE+iw8OhUg9JOs5ce5tO36\
            HKYBSev5nlz3MkA20l0qqi7LvZ96Oj4FR1xzo3mz55WQqOZfJsasWmBaIbBBP/kAAKAAIAAABKAAH/k8fASAZRLJsWv1R4EsOjgBUCmqTDF9HH\
            wjgaTasCAUI4gMcIABTQRlDHREcGI6QkRhMoxpCUJG17x4CAgP+QAAoAAwAAADwAAf+Tx0YMyIEdtSLHwEAdKRdscNtwdsfCQBNohSkq0BttgK\
            ODAAti0KODABYW+oCAgP/Z
            """,
        samples: """
            AAQOGCQsNDtCR0xRVlxianFzc3OCi5qsvczStJqpw9nv///y2QYLFR8qMjlBSE9WW2BmbXZ+gYKDkp2uvMa9t9X2////+q5dMBwUGSIsNz5ETF\
            VeZ2xxeoOMlJiamrC+0NfUs5i0yppcLQ4VJissJCkxO0ZMUlpkb3l/hZOgpKSmpqflzbCosPX/qSkoPzQnJicnJzU5QUtUXGNsdYGMkZetwb62\
            tre4//rt6M9pCQcbHCE5UFJOS0lERktVX2p1foeTlqGnppeZnaausO3iv2kaFyYfGyMxRVlhZWtuUVJVXml4h5KaoqOkqMDPysPT5OcGCBMzT0\
            Y3OD5FT1dhcYGPl19eX2RviaSss6Cr3/+/mMr9x4h7FhgfLz9IT1ZcY2tyfJCjrrRra21wepe2wcymycTOuP+UJSI4OTc6QEZOWmdzfoWLkZuu\
            wcvOcHaClaWhn7Gr/7TEr/9MNx4hKCk7QElTXmp4hpWksra5v8nm/HOBmbjKoX+31Nz///VGGAkbJS8xQ0lVZHOAjpuqw9jVzsvQ9/9wkLC1t9\
            3tnLrQ6WEAACgxNjg5OWdqcn2No7jIzrmoyerrz1oAd53CtqLWyPb/pDguPEZJUVZRSkmKi5CWosLg5eLg3OLWhzYmK6ict/D/wt/aaz8VFSVE\
            WGRpZmFjipSiqKqdmMLq68xjAQopLCvZpcLc9P+9SwoACx86UWRxeXt7fYWasaqhrLnJxn4zHRobJkRcsf2r1+C7cDUYGCc2SFtufYiLkIn21r\
            XS8OK6WQMQMzc5RlVmcbzM/9JMLCo2RUlNVV9se4yaoamU4tjJxrd4OSstMDtcfIaJiYjGyLJNTzAtN0ZUY3B9jZ2zwsi477vLxFsACDA2Okpd\
            dYqVm52c//cMJjI9REFCV3GFl6q80eD86OHjkioVFhgkQ2RzfoeOmKGoq/84MCUtOUZCQll2ip2vwt383v/8AAstFAAGIkZoeoWMkZulrK8LEy\
            IzQ0hLUV+ApuD1olD//96ShSMqN0ZXaXqLm6Wss7nDzdXaFBwpOUhUX2Zykau509fglumgYFApMT9QYGdscn2YttPk1bugjiQqNkNTaH2Jlam7\
            kMHz/95MMCQfNT5OYG5taGRqjrjh9s6WXDg1OkNPX3qWuMelk//Q2Lx9KhEJBUNKWGZ3ip2utqmUfWleV1JQRUlSXnCLqtLws9PY/7xJJBoKAg\
            BWW2dzhqrO7/e7ahgAACZafUtUZHeLnayqs//w1rd3OyQkHx0cb3mJmqm3wMe/j1QaAA48bItPXHOOpqarjtX0/8w9MUI8OT1CQ4mYr8TQv6OI\
            bFZFNS9GZYSYUmB6ob2pjf/g4c5+Ki1ETldcX2CgtNDq88iOVSgkMkJXcYuls1RifKLEwMm8/9pbOTM4SFtscG9vrsTk///NgTYABydKb4ykus\
            YoLTZBTFVcZGtxdnuBipOanpuXl7rCy9DMoYO/+NSZbEIeBgIHLzQ9SFJbYmlweICIkJeco6mnoaDDydPf6///sFE0KBAEH0BSWz1CSlRfZ251\
            fIaQnKarrbS5v7S04OXo7955FAEHDhwuP0FBSU5NUVljbnV7g4ySmaKtsrq7v839///6qUIAGlNHLygoNUZTYG11XmJpc36EipWeoqatt7rL0M\
            nw//8qLC4vLSEaKT1IUVVbanuJkmxweH+Ikp6nr8PHzMjOwuj/zG9cAAARPmNTPEFOWmhzfouWmZl4fYaLk6Cvu8bg4uzk7vScNjpTVTtCS0tL\
            VV9eXmx/kaGoq6ilg4qVm6SyvcfZz/319ZcpBgAWNjxESE5TWGFqb3aFlqKsr7TE0I6Xo6uzw8Dn/+nvjyQ3IjRDPDEvVVZYXWRteISRoa6ys7\
            C15v+hpau3xsLx9srYHR8vAEVESEE6OWVnbniFlqayubW0yub//75wsrW4xL/ZyuvLTSICAEFKV1hUTUx2fIiVpbzP1dbV1fX9nTEAALKyt8f3\
            /OxHGhVIQjxNTVZdYGFhf42isbq2s8/m5MNLAAAWQV61wt757NxaNBsiMEVYVVNcZ3B2d5GiusHDvLXJz4k8Ix0oOUdP1Nzb29IqQE0LLUpcaG\
            drd4OIiYvMvrPK39y8QgAAFz5eW1JeaP/Q5WYAFwgTSlZeZnB7h5ahoZyj/+O/xseQVDcpLjxKWWp4enm95SYrKC0dKEhWY297i5ytuLW5vfH/\
            /7g9HBw8XlZLV2l6iZOYpUMnIgkiQ0pMWWl5iZyuvsrEzOb+rkIXBRk4Qktbam91hpmvvBMTRw08P1Njb3yImKa1vcDF8uf+AA4nP1NTU2R4g4\
            uQlqe5w8cAC1ZfO0thepGdprS/ycK7x/z/miw2Q0JGXnqNnKOnrLK/z+3/AFZCV0VTZH+ZpKy6y8zp/+s/D6lxVzpAUmiBlaasrrG41fL29DQ8\
            SlpqdX+Hkqa94/P30bEAEkdRTFJebX2OoLDC2/H//7pkEAA9RFFicn2Il6a3wM3j0bcgPztNTk5XaHuPorTEz87HvauEWTAYTFNfcIKNmbHHzM\
            miw3gvVj5PWl1WY3uTqrzI0tCxh109P01daVxjb4GTn6zV6cehzTk2NkdJT1JTZXaTr8XGvbOhf1o1HjBOb4Rsc4GSpbLA5f7AxDYSHkVHS01O\
            TnqNqcTVw6aIaU84Ixs1WH2UdH6QorTI1M+/5EEfITJLVGJiYF+Tnq+9waeEYUI0LisxTnCSp3qInrDC1OO0x0IgJ0JJUmd6e3d3tLOwqp1/XT\
            0lJjJBVG+LprV+kq/G09W71UEqKzQ9TF54jpOSk/nhuIxhRjIhGyxHZYGVpbO5f5e5y9nq6zg0NEQ6NUpmgpqipKX//712Nx8XExs2WX6frrS4\
            uUhNV2Nuc3iAiJGZnqKlqKitzuPq4My51eakVSQJI0hUWVdTT0xPVF5pdHyEj5qhpqqvsr3K0dXm6P/1x2MNHkZUWEUyPEpPU1ZXXWJsdH6Lma\
            i1ubu8v8nW1dOy4N4GChY7WD0aCQQXMD1HU11mam5yeX2Fm7K9w8vL2Nrl1dTLvwMAKikpLzY8Pzw8TGFyf4KBfnx/g4iLkq3Izs/Y2NjM/9A1\
            AAAkJERFSEpNUVhjcYSXq7m0qZ2Ui5CZprTGy+Dx3Nvb4AQASDBCWl5ZV1VSUl1tfY2bqLC5x9Xf5Zebp7/V2NHj9M3aPgASBwAvT2pxZWJfXm\
            FtfY6epaqttcri+f+opai/1t7////9HFAADhwlP0xOUVxgZ3B6hZCWnKSvxt7t+f//uK+qu9fP/8VdAA4APkFITUk9MS5aY3OFlZyfoaOcntf/\
            vGQlA77K3c2w4gwhLzNTNS85UFxaU0pIgIeSmaGsu87j//+iKytAKBTBzunP8h0YCwA0X04wQFdlbm5sbKytrq+xsLn1/9FvNAwGECk+1v//9C\
            tyQw1FZnpWLElwgIaAd3nDxczV4///s0ATBypTTEBRYdq8OgAVDlxlZkYwXY6OhpKckoaG1cnC8P+7WikRIT5NXG9/g4OzJkQcKDA6fE1NTnOX\
            mpeboKayueH//6QxCQAQKz1MVF1whJSdAC4bEwgmSjtWX26FnKOmpKfC5dD7oi4LBB1CYXd0aV9cboaeri8fADdfYlZTZXB+jZywvM3g7+HWAh\
            s2JRUoQ1lqcHN3f5OqvskbMUZjUmJveHyGkZmlvNDi9v//MxsbITlSV1haYG+Clai8y8O6ABdiQ4OAf4qVqbzHzsPK08IjPoovLzhSbnmAiJGi\
            s8LLvrXQ6EghUXd6ho6bq8fi8fnP2JkeZ5TRBiVTbYOWprbE1OHn5Ne0RQAAajBuhI+Sn7DS7vzjzhUALJmM0ltUVGyJna/Az9/r/POIICxMVF\
            tpeo2gtMrf///GZhcAWztJREZrdIOSo7fI19ave0ceHis8SF5lcn6PrcjLyebpn1wrHgBzXklEfIWUoq+3u7y0k2pCJSo7T11udoOIlMDkyaa0\
            vGJXKxFYVF1aXJOdrbvCtqOPeWNPPDJBWHB/gImWlJrS/M6HZ1uaGyo6W2dramuOosDb5sCLVywlKzRDXHeSopCaqKWo2/67ay9cGjxEWGV2e3\
            x9l6zK5ey4ci4AABk2WHeUsL+XpLbAxMvAdjJ/GyRGW3B6iY6QkffjwZt4ZFZKRElUYHCIn7XCm6rB2+SscjZbHUFIVmyCkJqgoqP//6hLBRQ/\
            bZSYko2KlqWzu52vy/n/hQBUICk8WW6Ck6GssbO0upxsPBghOlRvgZCfq7Gzs7KesdD//4MAAExEOlp+j5yqtru8vUFAP0BAPTs7Ql+CpcDCvL\
            Or
            """),
    CodestreamVector(
        name: "boxes", command: "opj_compress -F 37,29,3,8,u -n 3", bands: 3, bits: 8,
        codestream: """
            AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAHQAAACUAAwcHAAAAAAAPY29scgEAAAAAABAAAAgyan\
            AyY/9P/1EALwAAAAAAJQAAAB0AAAAAAAAAAAAAACUAAAAdAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAQIEBAAB/1wACkBASEhQSEhQ/2QA\
            JQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAHtAAB/5PPtUgRhZc3VSYtwM1y4yQViF6YlXgVPJvVwmMLc6HR7P\
            3MsLDdBgKnChDR48JVlXi8BsfrzpcptsDoVbKVqV3ZXR1jpsE4IPyaEzGq0OeEGXcaorHf34LIGlZOXImDEHLZGlrvBoMjcE9wJYgrKydJXdd0\
            33XJ8OCdbGwM3Ibl4zfzZMWyDJoGRWCxDWGwzn828Y6MRVqO+KbyzfZmQlqIjxKfTq5vAjNhoZeRIZdrfWvfgsgfPiZNysa0QBVRA9tknBbw5j\
            ccSqXiC/XTXzoy0J3NyBKXVis+AVYbBz0RLg0glFc4aoFxNhhPlLmKfDcbt5wrabknon9MpftcvSjAS367XnYEncu5taoVr8PqOY+0+h9puFzK\
            1Jw1JYPdWo8i6wEL4F8prd3SuCOMdKmUYRCRWzQ7K7QOd79247EwoRFJJ1OPxi4KQy5apgaqX4yCZJPCN+pHJByTSIdB6lpn/aS8F0oiF7Fmdd\
            tIoKB4HMZIppy9aHsnlg2oucGrkWUyjihG2s1QtTPsTgrvHdHWS28ActAQnC2jozpy3sl45laahCjutBO9mgD3rUXwLqORaeemH9jRCFG2HNkV\
            d2+b/38oT9+aTfmnz80gSMMPmuwH1iNSD2QUsIaXA6NHPbwkd/y6FfDIZ8BI2Qu4nT7vYuXkGttSK0DtwL4353QrWnV2Xhij1CHbBEi3zPPaxJ\
            KVTMCkfwEKc6sPBmMg+qFIzT3fQ2Ah+sohqojFIx98YoHpfURI6UeKRBo2P+YpHrZy7MfycpCLTM2FUgn3YuasWFmSv2O0xa2yilNJQDVMzhoD\
            bmcYqoSaZp6q0kYJrrCevMfMbwt5NNAU2OdKgcyGOUkhsR6Zf5m1IsCimVZ9EIC8ZTgYUqhryaeUSa/aobHzU7bF3q/txH7oWanPwQ780qfmjk\
            D/O0znKkZe0HR1xB1NmqNJn7RPxi+n0637qlE0umkepmIg0UBqo94xe504lBR8HFYm/XpRmFcCKP6w23zZHtKPkdE2v+bVzv1MxnLDg7VrBCfU\
            b86AJg306nTmi/RkH6hgmrYYV4qlOq1ekT4cvfYr4hOS1lRhPxLuqVhGja4xOxdJ35kTtNR/uMo2yx50WmsRz/9vrGb+wmNCY38x6IbcqW8C7N\
            qT/12b68I5w5QNSPQw8z95OObBdgOE+K9Q6z/Zz6k4FosURVxm47MzvA7FEHWZw+qnY+2r4fbTAC8CcPj06BciNRCL61QMJN+gqenlwX8Qydra\
            Ejh+M31zPnusOo0AXGfID3l/mz2NG544W0QhJyqIOF6/MHNqzv8qMujoB+ssFSfQhz6crxOKsKQhLgssXobhWmAqBZFQ98M/7UrfjxC/DBkwAB\
            Q7hXD30Ul81rJqulMZbhlsY9tbj4UfX0DKbYkiF6juIFsFQqEhkS2pq5FW0kEybV0zaG5GJ2snc7thFbKDPs0Xq+kHbilQOP6kluLobO67FWLx\
            Z85X+qy3kNotrVHJVcD1Q6wcS9dmWemYj6fspgsP7Tpv4hNAPUv7KRPPsgk7CeveAjaDW76mDKv3iqqJy34TKYsVEY5OZZm5HEv2Czx2aYjG9R\
            cRnQK3p8E27pCevEkNs8mUynuWsskdj51WkOKvRDhUoWx/G8NUOrTi2sEMSyR+k5leTHa1juiCXQ8rM2hmanMQQqwDfz50g/mcsPXfHtD978HQ\
            5GsBkG7daG47MSqmW5FVPrxnktWS018A/P9wEy0LTev84VXVMXq0UbJ98RgSd/u/afrNKJ+LwlXeKAFCioV/U3RZktAUsk2HeQwu87zFuxdOeB\
            UmPITte0BtxGwjux8HCPSwy+008u7iTaW18AVNUaqHqHGt9H84DiOsIih8DEHPwZb82uPwRbaRgcXzFLZU/XpjJYtaa5UXi3PA3/y3IBsT7IOM\
            xSWv2+nMhXFjXtnZmK8GgGu2lQRAOnT3KACGS5gVDtn6GGoJSqXrkWzaGlw3Q+ZJsLMFCCdeVtH3ktxt0erv+F3b/3//f/9/odzUtRMPADA545\
            9IRCL2JQc1aNlFD4pazk15DVlv5Waf8CBWyNfNW61c2covqgiZQ/fzhWQegcxFdpePQwvRtoBa+W3kGchCMhWJ2lvlngCAU71vEIdWw+2b/b0k\
            NXvmGWXdEqj0N/gi/38pDhwQhEyn3U4Q1Ls0+lhBeKhR9Lx44K83X7FWbuQrz73qyGjlAhJ/uGiU6R/Nh28iurXCk5ICNfXgtx7Ql/9//31Wf5\
            bPwZb82SPwQqDbfjDaVmZeg6PxG4LDxtcx+uCznoYIBVm/pWLxxXCpSUsYDTsRwAOAXzo938kbVc67POEIgV+YEnAoVX8KgLjVrPOsmxCaf/0N\
            DULRJe2XfKGbkd2kO+3/VXjUX/9//3//f/9/pU3yjrC5/SDRgl/RqufctV/X8p06nfdnhPAt3aiJweXl8KxHIdDJ6rRNycX0ZKaxVQBsoMtlyR\
            AceJt5Rd893HjO2n0FBEnxg24TMJAy8Nc74dGwZ6ggD53amMQh8f2//3//fzQkWiMKUerN9/LurdVFDzIF3hTwffzCl/tO0iMawZbxoB6ieME1\
            O15AOSH81TAqz5lRLxS9wxVlnx8Cvfm0VTxgf//Z
            """),
    CodestreamVector(
        name: "highThroughput", command: "imagecodecs.htj2k_encode(pixels, reversible=True, resolutions=2)", bands: 1, bits: 8,
        codestream: """
            /0//UQApQAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABBwEB/1AACAACAAAAAv9SAAwAAgABAAIEBEAB/1wACiBIUFBQSEhI/2\
            QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAA0sAAf+TwC9i/xfH6iNyJXVkBqmgEcOxbPn7v0QarZulQvyxcG7YgBPIUB907jO8c/u+\
            nKwcANzBttFWYeGDQRqlitVMgfwiYmEGDYuau+S3+KAAN1kLBpy9CrCpnb0N4iIKCACBAAAHOAHAF6JAF6bAF6QAQEC4SoCGIHxbTJ7hXzpBo7\
            EPih6a+gViGYHw4GrTiFMEgYTw2MiIOocFckDzlNYB08MIrsJWlTZgBiEuEX/JVoAGxQGIJSAS0gb2LmFT8w9wFQCDIwMN57NAIgEdQRErIUGD\
            nCnAYGDA83rrBRsBPCEL/gVraHShQpDXJX/bfc8sLgFyH8BwoEYBCECCAGIWARoOEHarAXFXF34F5qhsnxW8QCAHEPbWKnlbBx0CHBakz2QyQ8\
            /IFFc3AI4kBiJEq+0GF3tv3PnENSVAE4EBhyvyAAGiCGIXAcAvp2AX1pAL6aDgAX4+PxB434cP/P9nA3wA3e/9Azu+DwAAAAD+7Xt/X+fnAbze\
            8/v9fqDfxw/45Xt4Hd/v9/P03AcA8NEB9Pn+ng4AAK8D9PnoPr7/ewvg+QD8/f6eDwDfL70/AAG3NCs/SaGIAOUQAoIhTCO6YYIh62d1ymbDAp\
            vNJb1DQIFF5SVNZPh4BmTDsBBdmiuUzRQJ+yOqSEegicqgIEIEAAAC9ul6O3wAfgH+gPf4+Pb+8H14AMAH4AH76PXoAAAAAOABeAH8gQbx6vwF\
            +QAAAAAABPbo8Ab5APAA8OPj9/V5n5/n48MDAAAAwNf5IF+dQAAAAMDb4RfIhx46H4DffQAAAPIB9uz6APAAAP4BaFC6W6rxXC6kIwP/MINh1j\
            4QTDDcKegwQhgEJ6kIAgPs7qsoBEZljEA/Jhhh2FHxMOop6HBPd4GAAIC8ABAWx5znOBYEkgTg/z3AHwD8/v9/35fAH/AH9AsEAASABPyAP0AA\
            oB+gfwAACBBggB/wB/AHAH/+/vr9/38+QAAB/AX+AQAGAAgAgN9AfwBK4F/fH0AAAECA/gL/A/ADCAD4AqMAy3VWF4XUjBcYNhw14wTDDDAgTH\
            C8MKX9DgLzuuq6CgNliBMMMOwoHyYdQIExCAvuwgMAQ9wQR6ec5zgQBP/Z
            """),
    CodestreamVector(
        name: "highThroughputColor", command: "imagecodecs.htj2k_encode(pixels, reversible=True, resolutions=3, rgb=True)",
        bands: 3, bits: 8,
        codestream: """
            /0//UQAvQAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAADBwEBBwEBBwEB/1AACAACAAAAA/9SAAwAAgABAQMEBEAB/1wADSBQWF\
            hYWFhYUFBQ/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAACvYAAf+TwBbgNbEWACxBjHSUo8/AzElXuUj8AOxYiC8AAFG6AMAW4B4A\
            8TCByAv0oCbLHEmCJyMb5QB0Fwg+AAC2ugDAFuBTmy0ogUAurT97JoQ6gxSnXvwA74HEF4AAKZoAwAteAFuwAtwNAXpsGZbODTJvKXND8AP+A4\
            AfZNmZAA0gykE3JdxgmQ0Qq/Va4IcGRKkA7kXEN4QAJroAGQ7iKT5UQstk8zqsXJJn2NAAxNKtOIL4IPmbAMALZgBb8ALfJdxMitN6zjGACH20\
            uDaN9B1RhCB/kys5AGFuRGwKCFGVB0XQSFUErZ9iGHjA+BE05oQXiCAHOgDHxLQGokEK7sjW4W3WgzuUXtS5qDcAdl6GN4RACZoAwAtqAFvQAt\
            +NyAKDP1cXZqrviQiJ7Q3N+QdyJGF4ECK5AAt9DzDfqpUDb6iui+csVP4TUpCNAO3kRg+EIEa6ABvf890eUImGPtPNDpdq3+fvrExKmAU6kSMb\
            whADmgDAC76AF6HAC78hwwe9IdffcdPraXpnByugDS0HFCAL1mOJnwQNOAQhYDwi4QwdKo/i+Ef6QpZWS6AuVKR5MYr3P5IAkifVARg+AP5gIq\
            UdlWUoMea/1cZMtwhOYbkjU35MfgdwxqzqIWIRAkaNvXLzPmhJeMD5Wta7/hsldQu7OlEIR95IWCLbVAHiwTwUnm6A1mYF/sCrOI4BNwuoobQB\
            cNbDNErySsFzdEGYiObCsIJM+QAF/vte5pnwiGrO95Egi8fy1slTVgHAC9QgBetQAvVwwCA+OuKlrzHbV/KYaWNAfQ6y0EnR2Nnhf0yyVORVAC\
            d35RVkZ0uDRC4PFDDXZo/WzKHGz20natqkKBzqMsCNnhCZUonKDEYQDeCICiRbVgFCAwA0RgtUvEG/uQ08AAkDMAgbDPGrWEMVgggfBpADeeeF\
            WjKEbgVMJ1osmADPPCJzPLQ4rYQilXMBRwXOM9QGRR+3mAFr6ftnci6BFhICIQjBwQga0IJTVgEEDwSisS8r8isDPAm3DwcIWL44W7Apdhh+Rm\
            Th4nz8UQBpBQQMV8CTwaX26C9BgtpJV1iEW1sEHjwyy39K4ABAu1vrkTshZOLydh+wsRDeEIAAEAD3WQHAC9MgBesQAvUwxXSFe7YCp9DhdwrX\
            E+PHwCLiwIWJmxedZzSFgUNxnbMkaei06le9CEQmRt4X7hZg1I8WRxxvAHWGWUPdlKhSmdlJQ70IXgiQAAzGAVkUNPnYXggkWAhHRw3BvcHCGA\
            D7VUsKPmYHJFIkatp4T6UlJAdsGAAFDZuTnR4sLChy4fECQkLOo5ivdhZQLGjwAFrWy0coEPcjuAcyHIRYwAggRsMMxwE5qqgztL0r0BQsO3As\
            4/4ZJiSCulfwERh497FNDlMi7OBARwEhzrBseYjpMHQO6Vd5IbkCUQCIy4r2QDC09sGPa3QrS+pxOBFCFgG8IQAwYmfZAcAX2NAF9swBfZDAvY\
            P/HJ8PP+7nOBg48x+n91zX8YD3+QxouAPQPncChfnZH1g4B8AB8Hj3QNBzPMsrje/4/OIxsAOc87+n/b73+ZHncOHLMVjx77kPec7zGY054PYX\
            gAHMPR/cPPdMwQHd4j8VdHgOw7P84nfd6wIG6/zPbKznMQ7g8HXOC/Se5uX+AAX7bAFq+frm6QKStt4UihTmTu2GKoXTxYFU2JWG62pNhK5AW6\
            psJEAhy+th2grZBfvZMyM5BA8DN5w/yQpI5lHQRAQAgB2FjbrgsWBCn/VdeMALfLBh3DbL9W6x3W+mg+toOGwPPABG7G4t1KVrQxxbhgIAADgA\
            ozgRs3hCmPSfAx6FF3spvRAHAAAAHnpGxFmYyEPRiDgCDACv415nj28a1/39WA5Hw4ZxOV0AAAcYmNH8oItdJQLAgWFG94I/xQMOyAOs4oC5eg\
            EoiIV8rQMc1QEYUOAAAI9fDgBmrihvJoM+BsZnPm7hRM3c3tAEABMp0kMUIQjw+URHUzhAEDGTDtCgw86CJHalowgwU7gxkXhBAG3IJmmPOBYE\
            EjDwdcHfe6DP/24DH8B7/3/+9/n+931/8AU++HV+nqf3A70QAALAD77zgD/8Afy+QB/nB/SCvgAAAQA/YR/AA/8gD/wBLwA836/3+f7+Xs/38/\
            P3PR4QAPADPrAX7Al/gaAAAPiCH+wBeUI/AH6AX6CP4+l+AQGg43nBHvA3/AN4AIHOAFY5kKvQkeTTwYOZMO1cew2GEfcgacY4IriR6woYYHs6\
            ulBQ4rAgxkw7Y0QIU3cf4JgG/cCAXeBgBzZI25DmeY84FATAF9ewBfYkAX0y7vPz/n7P34/v8z6ez9//c/P7evz/Z3u/Ps/H/3H5eT7/cfH5vd\
            /fj/9n4/s8/z0fXh+Px+/zfHzu/3x4fbx/vp5fz+/fx/P9Pu/34/14fZ//Xj+Pp9/n/Xx4+Pn18Xs+/z7er8fz834+/2fn+/z+7/vhCIAhGAEx\
            C0YATcxvsr5IS+U+YL8ZBZZbK4cKEJfIXTzfYh6R4nmowwUlwnh8fPcEHxZNuAQXF4fwTAN8WFBjl4UAABDDwQD2c9wE7vXx6/37fn8efx8+73\
            +PHn+8/397/3vw9g+v/wcPr7/fvz8P3w//YOPj3+P/V9ePB9/n98/v98PL+/j0+Pn3/P9w8cH38fp8ev7+eXh/eLxHj18+/2/D6/9j8/l4Hz4v\
            P775+v9w8T98/D5+/fw+/j28/r95+vbBe9/hEpBRIy4QmARGZfEwrAJa8UPiwgmxWzwoxgH5eF0jYxD2fyfQAIGMpDaCIuEAwLi2U1DAJYhARl\
            jEzDAMvC4egCAzVAEA2fPaBL7/X7//f/9//3v3+/9//f3+fv8fv5//H/8/f35//v9f39/v/2/f35+f35//f/8f/3/3++ff/3+f/3v3+/39/v94\
            +/99/f3/ef998/9779/f3+/v9/9/z+/hSpIBBdEXgwWywbe/QwRlk+9sIKITwgoITBGP4Q7BFOeOHsoYkw9fFAWWkNFBGWELo9FEuWEFIILRQA\
            ARjCPRBMAX1rAF9cQBfSjuf7z/P3y+j+/7j+f75+v9vx7fe/7r/X08f+/H9/m85/P7+354/j2eP8/n597/cPXxfv98eH5er/fr87jv6/16/z9f\
            z8//e308H2+/7+N5/3HDo8fv9/i+Xq/X+/1+H+/H++/n0+O9/2f/f/7poLKegEcHwCPE0AsILoYEILgscSWXynwGAWUId4XymbxGHCltTeZ6QA\
            tkmbpCGIUwAslmcuAC2UzQRG/sUSWUIXgAAjDSd9kE/v19+Hz59Pz2/fD49fePHr4+fHx98/9w++HB4/Pl7+vn9/Hr8R9fD34//Pn5+314/fy+\
            z6/Hh4ePj+/r6/Ph6/Hhwe/zfj//fOXn+e378eHhf76P9+v1+/p0/3jD379vPj78vs/zer3f7/vw/Pb0/3rh6NkEAYTrwQgpz5YQUQi7hxJZfK\
            ZoYuKBxIy9PQAQ4UEJ6nvERYwWQ3NZsYwH/MQLwnUCIFqexpY4ksoAgeshCBCwBL/WBL7/f9//f/99/X+/f/9fv+/n/3vv9+/n9/fn9/P/f/97\
            55+fv5/f7/f/c/939+//e/fX9/9z/3ff/3/9/fv/efv5/3/+/t//d+//X7+/vz/+f3+/6bJCQ3rsYKGKdMYLpEECWWejg8UEFCCbO9sIKpfCE9\
            39iBYQTUuNiHMQLJRqMQLCCYhX24ggTyiHsEGcUER30QT/2Q==
            """),
    CodestreamVector(
        name: "highThroughput16", command: "imagecodecs.htj2k_encode(pixels, reversible=True, resolutions=2)", bands: 1, bits: 16,
        codestream: """
            /0//UQApQAAAAAAlAAAAHQAAAAAAAAAAAAAAJQAAAB0AAAAAAAAAAAABDwEB/1AACAACAAAACv9SAAwAAgABAAIEBEAB/1wACiCIkJCQiIiI/2\
            QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAACDYAAf+TwAAvrMAnAE+YT8jvVVWQekkKlo304IGUoRjQp1SCzEcuDe3H6rIpZgpwCjAF\
            ow4hcZi1tG5MlQwLCfQZyXhDSjrKIW5DF85WYCNLSRmALtEUuuvPlPFiT11uPjwhE5Viq1J0kAMQcScPs9xiSkldIoaahrRPDeYOaYEkobYsHF\
            ZSM3YFOPLGjF6JD4f8GvYzmCz4aeDuT5SsYGOjDeSS/gDdZCwacvQqwqZ29DeIqCVKAIEhIAM4AcAAF9IwAAX0zAABfRbpB/QvgFU4AdUCKPHn\
            Li4rwhqqInqFv7EC7gAigA/4H/BlPL8P3Sv+DP5Pn+cb+Hi8N6/2L/JNJdUPRHITgf9P8X94X57HF+At/D1+upf63Xwz3uEf9S+xRRIi+LAGIB\
            GHj/VtjnyWoKna81A4Vcwf7wcUREYfTqkoof0Dp4YdOxK0qbMAUJIpC85wKqGiJrYBKfD1J4B/+AC9TILAP2Ri5O/NG6wHXlLCr6az5j+gAgAI\
            4ALgBOs0wDQDlONTw0vNO+cTtMsAVOJj4QPgpf6YgFZMxk5MrEvM0wAhXwD8b1oP+DGAHAAZePP8xT7i/nlQQQ/Hx4A/z4fIP4MJQK/BCdsOfP\
            sgs1556bdQIlzQSwZIafgALWt9dBwuDWQ5AkKRWNJSBGGiJrYBOAw2BgJgDE6A5gSMRPMd6Gp+OElg3M3VMcUKFgh4/TUXYNAwqpptY6DNFTC+\
            5kBzYEynGYAhNvea104svnnzG9+DZg8MAIwAjAeMhWbpmLM52bxszoDRazbGMM3F5tbrjQo4AV8kDInXgkAIGNHXa6X6AcF3tv3PnENSpAE4EB\
            hyOIL0IA1iIiG5AcAAL97IAAX72QAAv3IAvp+P9/9x+/m8/w/fz+f9f3w/n/f/cQP4fD6AN/AH9P75AH4BPgBv4B/gA/D5eH2/z+fj9f0+H/AB\
            3vD7vwDv3wfI++cN+AC/wAfwAfT+eAN9AL+gD8AH4APgDfgAv8AH8Pvw9n5+vw9v4OP7AH4Bn+8HwBv48eH9+wX8gj4A3gBvwAfgF/ALfADegD\
            fw+f0+vAFv8AP4BT7gF3zg4z8A3j/v7y/AB/jx+QB+ALw/vwAfgDfgAz7gA37B5/18PoDP9wEf3/vzAfwA/gJ/f96gD+AH4APk/fcG/H59fh8A\
            788HwBvgA/gFfAA+H6/vF/gAPgDv7+PjA/wFfgA/gN6fj58PwOfzAfgAfAC8AR/gF/gAfsEPwBvwBj6AX+AX+AC83s/vF/AB+vh4A7x/Pr9fgP\
            fn4+MN+AD8An6BD8Ab8AY+gF/gF/D+Pj7eQO+fz+/z83k/n8/PB/j4PkDv3/v/C/z79QZ8AD4AH4BfgA94wwd8wAfA5/P78QZ8AD+AHwCfz+/H\
            G/AB+AD4/L/gA37AX2AfwA/4+fjBL/z+/n5/AT4AP/iFAtt7t7W9s4EjkgIS5RzBRRIRwwSUuKRAo4FS8CDGEFAqVQgUMEkSiSQgAWCGRJCXEC\
            EgOkEZXYsVAEHAxAAAxAAAFgAAJrgEPt/P+/F+fD/vx/vx/bwf78f38368HwA+IL8A3mAfoI+v9/f34/PjDfAB7A3wB+AD8Pd9fr/P5/P5/T4+\
            wAf4AL/gF8D74wPkA9z7+wvy+X0APkA+ALw/fgF+AT4APgA+AD7gF37hA3x/39/78f58H2/AB8gb4PPxAfsA+fj1/vj4+AXwAfgA8AZ8ALwBvw\
            Dfx/vx/nwfb4D3xxvg8/UB+P3zAR/4hY//AOAN4v31+/kL7A3yAeIN8AHgA/AL4A3wAd7wAT7w8368HwAf0C/AG+z98fHh/e0D8gviDeD94Q3w\
            B+AD8AfkA+T99wv2C/YB8AHwAfAB+AX8Aj4An8/n9wt8AB+A9/cB+gX6fD5APkA+ALw/fgF+AT4APgA+AD7AL/gFH8D39wH+AG/gA/AGfgEf4A\
            Pwfrx/PsAH+PF5/15BfsF+Pz8AvEEfAG/AL8AHfABv8AG8gV/AB/D+Pj4+gL1BfkF+fx/A5/t5P96P7xfw8fkAeQO8/1/fL+gNfADewAfgA/y8\
            H+8HwAf0C/IGen9+fH2A+AD4fLwBHwBvwB/wAQBwJDkssMVy1EkKAnwYkICGMnhpwgQcEMsgNXCAQBUssAQwKRMQDOWjwAkKlo4uECFguUIZQ4\
            kUpAXghIGyAAAlwAAFkoAAYroEfr//f+/3+/3/P7/f7/9/+/1+/3/f7wfwA/gB/P3/AH9/P4AfwA/gH+AfwA/g7/f7/f8/P7/f/38P+AF+wN/v\
            B/D3/wP8/fkB/AB//38Af78fwA/gB/AD/AP+AX4Av9//d/9/+/n9/v8/wN/fD/D39wP09/sH9APwA/gB/AD/AP8AP8AP8AP8/z8/v9//fw/wA/\
            gB/v5+AD+AH+Af8A/gB+AH6Afo7/8P8A/wA/gB/AB+gH/A3+/3+/9/fn4AfoB+AP8A/P1+gL+/H4Af4B/wD/AD/AP+/f39+QHwA/gH+AfwA/AD\
            +AH8AP8Af7/f7wfwD/AP4Af49/97/3v/B/D38wPwA/AD8AP4B/gH8APw+/1/P4B/gH8APwC/3/9/9/v9fgD/AP8B/v35AfgB+AH+A/wD+AH4Af\
            gB+P9/fn4AfgB+AP5+/wD/fvkB+AH4/f7/X9/v9wP4B/wH/Pv7+/MD8AP4B/gH8APwA/AD8P9//fwA/AD/fv0D/gP4AfgB+gH4AfwD/AP4AfwA\
            sClhGFLEiUcKMoYEUZCy1kAWOSiEJ4ixDLhEAJBCiQA8oQCQFLknyAJHIRjKXDSsAhAACAADYAAATYAAA5AE/9k=
            """),
]
