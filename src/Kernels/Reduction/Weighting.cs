namespace CAManim.Native.Kernels.Reduction;

/// <summary>
/// How channels are weighted before they are summed. A activation, G gradient, both [C,h,w]; S signed map [h,w].
/// </summary>
public enum Weighting
{
    /// <summary>S = sum_k mean(G_k) A_k (Selvaraju et al. 2017, eq. 1 and 2, before ReLU).</summary>
    GradCam,

    /// <summary>S = sum_k G_k A_k (Draelos and Carin 2020).</summary>
    HiResCam,

    /// <summary>S = sum_k relu(G_k A_k) (pytorch-grad-cam's GradCAMElementWise).</summary>
    ElementWise,

    /// <summary>S = sum_k w_k A_k, w_k = sum relu(G_k) a, a = G²/(2G² + sum(A_k) G³ + 1e-6), 0 where G = 0 (Chattopadhay et al. 2018, eq. 19).</summary>
    GradCamPlusPlus,

    /// <summary>S = sum_k w_k A_k, w_k = sum(G_k A_k) / (sum(A_k) + 1e-7) (Fu et al. 2020).</summary>
    XGradCam,

    /// <summary>S = sum_k relu(G_k) A_k (Jiang et al. 2021).</summary>
    LayerCam,
}
